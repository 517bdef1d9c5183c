/// What a server's results are like. What is left out is the server's own default.
public struct ResultOptions: Sendable, Hashable {
  /// What results carry.
  public enum Structure: String, Sendable, Hashable {
    /// Text, and the same as structured content.
    case both
    /// Text only.
    case text
    /// Structured content, and its status as text.
    case only
  }

  /// Whether a result says `isError` when code raised.
  public enum ErrorFlag: String, Sendable, Hashable {
    /// For clients of 2026-07-28 only.
    case auto
    /// Never.
    case result
    /// Always.
    case flag
  }

  /// What results carry. By default ``Structure/both``.
  public var structured: Structure?
  /// Whether `isError` is set when code raised. By default ``ErrorFlag/result``.
  public var toolErrors: ErrorFlag?
  /// How long `input()` may wait for the client's answer, in seconds; 0 for any time. By default 120.
  public var inputTimeout: Double?

  /// Options; what is left out is the server's own default.
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
