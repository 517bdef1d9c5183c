import SystemSupport

extension RunResult {
  /// The number of characters after which an advice is cut.
  private static let longestAdvice = 500

  /// Reads the JSON text that `runner.py` makes. The guest is untrusted, so the result is nil for any other form.
  init?(guestText text: String) {
    struct Report: Decodable {
      let status: String
      let value: String?
      let bare: Bool?
      let strict: String?
      let repr: String?
      let error: String?
      let advice: String?
      let undrawn: String?
      let shortened: Bool?
      let exit: Ending?
      struct Ending: Decodable {
        let status: UInt8
        let message: String?
      }
    }
    guard let report = try? JSONDecoder().decode(Report.self, from: Data(text.utf8)) else { return nil }
    switch (report.status, report.value, report.error) {
    case ("success", nil, _):
      self.init(outcome: .success(nil))
    case ("success", let value?, _):
      let isString = report.bare ?? false
      self.init(
        outcome: .success(
          Value(
            text: value, isString: isString, json: isString ? nil : report.strict ?? value,
            representation: report.repr ?? "")))
    case ("run-error", _, let error?):
      self.init(outcome: .error(traceback: error))
    default:
      return nil
    }
    undrawn = report.undrawn?.foreignLine()
    if case .error = outcome { advice = report.advice?.foreignLine(limit: Self.longestAdvice) }
    exit = report.exit.map { Exit(status: $0.status, message: $0.message) }
    isValueShortened = report.shortened ?? false
  }

  /// The result of a run that ended with its interpreter.
  static func lost(_ loss: Loss) -> RunResult {
    let sentence =
      switch loss {
      case .killed:
        "KeyboardInterrupt: the code did not stop when it was interrupted, so its interpreter was ended"
      case .timedOut(let limit):
        "TimeoutError: the code ran longer than \(limit.inWords) and did not stop when it was interrupted, so its "
          + "interpreter was ended"
      case .tooLarge(let megabytes):
        "MemoryError: the interpreter had more than \(megabytes) MB in memory, so it was ended"
      case .restless:
        "SystemError: the code that an earlier run had left did not stop, so its interpreter was ended"
      case .died(let reason): "SystemError: the Python interpreter ended unexpectedly: \(reason)"
      }
    return RunResult(outcome: .error(traceback: "\(sentence)\n"), loss: loss)
  }
}

extension Duration {
  /// The duration in words, such as `60 seconds` or `0.5 seconds`.
  public var inWords: String {
    let seconds = inSeconds
    let number = seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
    return "\(number) second\(seconds == 1 ? "" : "s")"
  }
}
