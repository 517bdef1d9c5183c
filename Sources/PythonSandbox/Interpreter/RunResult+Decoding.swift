import JSON
import SystemSupport

extension RunResult {
  /// The number of characters after which an advice is cut.
  private static let longestAdvice = 500

  /// Reads the JSON text that `runner.py` makes. The guest is untrusted, so the result is nil for any other form.
  init?(guestText text: String) {
    guard let result = try? Self(JSON(parsing: text.utf8)) else { return nil }
    self = result
  }

  private init?(_ json: JSON) throws {
    let report = try WireFields(json)
    let value = try report.optional("value", \.stringValue)
    let isString = try report.flag("bare")
    let (strict, representation) = (
      try report.optional("strict", \.stringValue), try report.optional("repr", \.stringValue)
    )
    let error = try report.optional("error", \.stringValue)
    switch (try report.string("status"), value, error) {
    case ("success", nil, _):
      self.init(outcome: .success(nil))
    case ("success", let value?, _):
      self.init(
        outcome: .success(
          Value(
            text: value, isString: isString, json: isString ? nil : strict ?? value,
            representation: representation ?? "")))
    case ("run-error", _, let error?):
      self.init(outcome: .error(traceback: error))
    default:
      return nil
    }
    undrawn = try report.optional("undrawn", \.stringValue)?.foreignLine()
    let advice = try report.optional("advice", \.stringValue)
    if case .error = outcome { self.advice = advice?.foreignLine(limit: Self.longestAdvice) }
    exit = try report.optional("exit") { $0 }.map { json in
      let exit = try WireFields(json)
      guard let status = UInt8(exactly: try exit.integer("status")) else { throw WireFields.Mismatch() }
      return Exit(status: status, message: try exit.optional("message", \.stringValue))
    }
    isValueShortened = try report.flag("shortened")
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
