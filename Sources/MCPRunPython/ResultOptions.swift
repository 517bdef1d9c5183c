/// The form of a server's results. A nil value stands for the server's own default.
public struct ResultOptions: Sendable, Hashable {
  /// The parts of a result.
  public enum Structure: String, Sendable, Hashable {
    /// The text, and the same as structured content.
    case both
    /// The text only.
    case text
    /// The structured content, and its status as text.
    case only
  }

  /// The rule for `isError` in the result of code that raised.
  public enum ErrorFlag: String, Sendable, Hashable {
    /// It is set for clients of 2026-07-28 only.
    case auto
    /// It is never set.
    case result
    /// It is always set.
    case flag
  }

  /// The parts of a result; by default ``Structure/both``.
  public var structured: Structure?
  /// The rule for `isError` when code raised; by default ``ErrorFlag/result``.
  public var toolErrors: ErrorFlag?
  /// The time that `input()` may wait for the client's answer, in seconds; 0 for any time. The default is
  /// 120.
  public var inputTimeout: Double?

  /// Makes options; a nil value stands for the server's own default.
  public init(structured: Structure? = nil, toolErrors: ErrorFlag? = nil, inputTimeout: Double? = nil) {
    self.structured = structured
    self.toolErrors = toolErrors
    self.inputTimeout = inputTimeout
  }

  var arguments: [String] {
    let options: [(String, String?)] = [
      ("--structured", structured?.rawValue), ("--tool-errors", toolErrors?.rawValue),
      ("--input-timeout", inputTimeout.map { "\($0)" }),
    ]
    return options.flatMap { name, value in value.map { [name, $0] } ?? [] }
  }
}
