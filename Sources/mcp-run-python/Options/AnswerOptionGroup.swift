public import ArgumentParser
public import RunPythonServer

extension StructuredMode: ExpressibleByArgument {}
extension ToolErrorMode: ExpressibleByArgument {}

/// How a server gives the tool's results.
struct AnswerOptionGroup: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Whether isError is set when code raised: auto (for 2026-07-28 clients), result (never), flag (always).",
      valueName: "auto|result|flag"))
  var toolErrors = ToolErrorMode.result

  @Option(
    help: ArgumentHelp(
      "What results carry: both, only their text, or only their structure with the status as text.",
      valueName: "both|text|only"))
  var structured = StructuredMode.both

  @OptionGroup var inputOptions: InputOptions

  func options(_ returnMode: ReturnMode) -> AnswerOptions {
    AnswerOptions(
      returnMode: returnMode, structured: structured, toolErrors: toolErrors,
      inputTimeout: inputOptions.duration)
  }
}

/// How long `input()` may wait.
struct InputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How long input() waits for the client's answer; then it raises EOFError. 0 for any time.",
      valueName: "seconds"))
  var inputTimeout = 120.0

  func validate() throws {
    guard (0..<1e9).contains(inputTimeout) else {
      throw ValidationError("--input-timeout must be a number of seconds, or 0 for any time.")
    }
  }

  /// nil for any time.
  var duration: Duration? { inputTimeout == 0 ? nil : .seconds(inputTimeout) }
}
