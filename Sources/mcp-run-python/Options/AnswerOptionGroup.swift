public import ArgumentParser
public import RunPythonServer

extension StructuredMode: ExpressibleByArgument {}
extension ToolErrorMode: ExpressibleByArgument {}

/// The form of the tool's results.
struct AnswerOptionGroup: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Whether isError is set when code raised: auto (for 2026-07-28 clients), result (never), flag (always).",
      valueName: "auto|result|flag"))
  var toolErrors = ToolErrorMode.result

  @Option(
    help: ArgumentHelp(
      "The parts of a result: both (text and structured content), text (no structured content), or only "
        + "(structured content; the text is just the status).",
      valueName: "both|text|only"))
  var structured = StructuredMode.both

  @OptionGroup var inputOptions: InputOptions

  func options(_ returnMode: ReturnMode) -> AnswerOptions {
    AnswerOptions(
      returnMode: returnMode, structured: structured, toolErrors: toolErrors,
      inputTimeout: inputOptions.duration)
  }

  /// The same options for another command line; those with their default value are left out.
  var arguments: [String] {
    var arguments: [String] = []
    if structured != .both { arguments += ["--structured", structured.rawValue] }
    if toolErrors != .result { arguments += ["--tool-errors", toolErrors.rawValue] }
    return arguments + inputOptions.arguments
  }
}

/// The time that `input()` may wait.
struct InputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How long input() waits for the client's answer; then it raises EOFError. 0 for any time. (default: 120)",
      valueName: "seconds"))
  var inputTimeout: Double?

  func validate() throws {
    guard (0..<1e9).contains(seconds) else {
      throw ValidationError("--input-timeout must be a number of seconds, or 0 for any time.")
    }
  }

  private static let standard = 120.0
  private var seconds: Double { inputTimeout ?? Self.standard }

  /// The time; nil for any time.
  var duration: Duration? { seconds == 0 ? nil : .seconds(seconds) }

  /// The same option for another command line; nothing for its default.
  var arguments: [String] { seconds == Self.standard ? [] : ["--input-timeout", "\(seconds)"] }
}
