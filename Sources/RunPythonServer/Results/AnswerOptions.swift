/// The form of the tool's results, and the time that a question may wait for its answer.
public struct AnswerOptions: Sendable {
  public var returnMode: ReturnMode
  public var structured: StructuredMode
  public var toolErrors: ToolErrorMode
  /// The time that `input()` may wait for the client; nil for any time.
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

/// The forms of a result that are sent. Some clients hand both to the model.
public enum StructuredMode: String, Sendable, CaseIterable {
  case both
  /// The text only, and no schema of a structure.
  case text
  /// The structure, and the status as text.
  case only
}

/// The rule for `isError` in the result of code that raised. The original never set it.
public enum ToolErrorMode: String, Sendable, CaseIterable {
  /// It is set for clients of 2026-07-28 only.
  case auto
  /// It is never set.
  case result
  /// It is always set.
  case flag
}
