import JSON
public import Pictures
import SystemSupport

/// The result of a run. It has no output, which was forwarded while the code ran.
public struct RunResult: Sendable, Hashable {
  /// The value of the code's last line.
  public struct Value: Sendable, Hashable {
    /// The JSON text that `pydantic_core.to_json` gives (indent 2), or the string itself when `isString`.
    public var text: String
    /// True when the value is a string, which is then not written as JSON.
    public var isString: Bool
    /// The value as strict JSON: `text`, but with null for NaN and infinities. It is nil for a string.
    public var json: String?
    /// Python's `repr` of the value.
    public var representation: String
  }

  /// The status and message with which the code ended itself, for example by `sys.exit`.
  public struct Exit: Sendable, Hashable {
    /// The exit status from 0 to 255.
    public var status: UInt8
    /// The text that Python writes to stderr then; nil for none.
    public var message: String?
  }

  /// The end of the code: its value or its error.
  public enum Outcome: Sendable, Hashable {
    /// The code ran to its end. The value is nil for None.
    case success(Value?)
    /// The code raised an exception. The traceback begins at `main.py`.
    case error(traceback: String)
  }

  /// The reason why the interpreter has ended.
  public enum Loss: Sendable, Hashable {
    /// The code did not stop when it was interrupted, so the process was killed.
    case killed
    /// The code's time was over, and it did not stop when it was interrupted, so the process was killed.
    case timedOut(after: Duration)
    /// The process took more memory than this limit in MB, so it was killed.
    case tooLarge(megabytes: Int)
    /// The code went on after its run and did not stop when it was interrupted, so the process was killed.
    case restless
    /// The process ended by itself, for lack of memory, by a fatal error or by an exit.
    case died(reason: String)
  }

  /// The value or the error of the code.
  public var outcome: Outcome
  /// The reason when the interpreter ended with this run, so that its variables are lost; else nil.
  public var loss: Loss?
  /// The status and message when the error is a `SystemExit`; else nil.
  public var exit: Exit?
  /// The guest's sentence on a way round the error; nil when it knows none.
  public var advice: String?
  /// False when none of the code can have run, since the interpreter ended before it took the order.
  public var hasBegun = true
  /// The images that the code showed, in order.
  public var images: [PNGFile] = []
  /// The number of further images, which were dropped because they were too many or too large.
  public var droppedImageCount = 0
  /// The reason why an image could not be drawn, in Python's words; nil when all could.
  public var undrawn: String?
  /// True when the value was too long to be sent, so that it is the beginning of its `repr`.
  public var isValueShortened = false
  /// True when the code wrote more than it may, so that the rest was dropped.
  public var isOutputDropped = false
  /// True when the output could not be sent in the run's time, so that the rest was dropped.
  public var isOutputLate = false
  /// True when the code may have left a change that was not undone. A run that must not see it needs another
  /// interpreter.
  public var isSpent = false
  /// True when the code wrote to files of this machine, by a mount.
  public var hasWrittenOutside = false
  /// True when code that an earlier run left used too much of the processor and was held until this run.
  public var wasHeld = false
}

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
