/// How the tool's results are given to clients, and how long a question may wait for them.
public struct AnswerOptions: Sendable {
  public var returnMode: ReturnMode
  public var structured: StructuredMode
  public var toolErrors: ToolErrorMode
  /// How long `input()` may wait for the client; nil for any time.
  public var inputTimeout: Duration?

  public static let defaultInputTimeout = Duration.seconds(120)

  public init(
    returnMode: ReturnMode = .xml, structured: StructuredMode = .both, toolErrors: ToolErrorMode = .result,
    inputTimeout: Duration? = Self.defaultInputTimeout
  ) {
    self.returnMode = returnMode
    self.structured = structured
    self.toolErrors = toolErrors
    self.inputTimeout = inputTimeout
  }
}

/// Which of the two forms of a result are sent: some clients hand both to the model.
public enum StructuredMode: String, Sendable, CaseIterable {
  case both
  /// No structure, and no schema of one.
  case text
  /// The structure, and of the text the status.
  case only
}

/// Whether `isError` is set in the result of code that raised. The original did not set it.
public enum ToolErrorMode: String, Sendable, CaseIterable {
  /// For clients of 2026-07-28 only.
  case auto
  /// Never.
  case result
  /// Always.
  case flag
}
