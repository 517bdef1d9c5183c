public import ArgumentParser
public import RunPythonTool

extension ResultOptions.Structure: ExpressibleByArgument {}
extension ResultOptions.ErrorFlag: ExpressibleByArgument {}

/// The form of the tool's results.
struct AnswerOptionGroup: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Set isError when code raised: auto (for 2026-07-28 clients), result (never), flag (always).",
      valueName: "auto|result|flag"))
  var toolErrors = ResultOptions.ErrorFlag.result

  @Option(
    help: ArgumentHelp(
      "The parts of a result: both (text and structured content), text (no structured content), or only "
        + "(structured content; the text is just the status).",
      valueName: "both|text|only"))
  var structured = ResultOptions.Structure.both

  @OptionGroup var inputOptions: InputOptions

  /// The options for a server; those with their default value are left out.
  var results: ResultOptions {
    ResultOptions(
      structured: structured == .both ? nil : structured,
      toolErrors: toolErrors == .result ? nil : toolErrors,
      inputTimeout: inputOptions.chosen)
  }
}

/// The time that `input()` may wait.
struct InputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The longest time that input() waits for the client's answer; then it raises EOFError. 0 for any time. (default: 120)",
      valueName: "seconds"))
  var inputTimeout: Double?

  func validate() throws {
    guard (0..<1e9).contains(seconds) else {
      throw ValidationError("--input-timeout must be a number of seconds, or 0 for any time.")
    }
  }

  private var seconds: Double { inputTimeout ?? ResultOptions.defaultInputTimeout }

  /// The time in seconds; nil for the default.
  var chosen: Double? { seconds == ResultOptions.defaultInputTimeout ? nil : seconds }
}
