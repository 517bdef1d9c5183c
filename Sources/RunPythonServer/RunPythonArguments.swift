internal import MCP

/// What a call of `run_python_code` asks for.
struct RunPythonArguments {
  let code: String
  /// A JSON object's text.
  let globals: String
  /// Whether all values are displayed, as at Python's own prompt.
  let isInteractive: Bool
  /// Whether each image is sent as soon as it is shown, too, and not only with the result.
  let wantsImagesAtOnce: Bool
  /// Whether it is not to be counted as a run.
  let isAside: Bool
  /// Whether the result is to say how many runs there were.
  let wantsRuns: Bool
  /// How wide the console is that shows what the code prints; nil for unknown.
  let columns: Int?
  /// The session that the code is to run in, where calls name one.
  let session: String?

  init(_ call: ToolCall, offer: ToolOffer) throws(RPCError) {
    let (arguments, meta) = (try ToolArguments(call, offer: offer), call.meta)
    code = try arguments.requiredString("python_code")
    globals = JSON.object(try arguments.object("global_variables") ?? [:]).text
    session = try arguments.string(RunPythonTool.sessionArgument)
    wantsImagesAtOnce = meta[RunPythonTool.imagesKey] == true
    columns = meta[RunPythonTool.columnsKey]?.intValue.flatMap { (1...10_000).contains($0) ? $0 : nil }
    isAside = meta[RunPythonTool.asideKey] == true
    wantsRuns = meta[RunPythonTool.runsKey] == true
    isInteractive = meta[RunPythonTool.interactiveKey] == true
  }
}
