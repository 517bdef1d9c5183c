internal import MCP

/// What a call of `run_python_code` asks for.
struct RunPythonArguments {
  let code: String
  /// A JSON object's text.
  let globals: String
  let options: RunOptions
  /// Whether each image is sent as soon as it is shown, too, and not only with the result.
  let wantsImagesAtOnce: Bool
  /// Whether the result is to say how many runs there were.
  let wantsRuns: Bool
  /// The session that the code is to run in, where calls name one.
  let session: String?

  init(_ call: ToolCall, offer: ToolOffer) throws(RPCError) {
    let (arguments, meta) = (try ToolArguments(call, offer: offer), call.meta)
    code = try arguments.requiredString("python_code")
    globals = JSON.object(try arguments.object("global_variables") ?? [:]).text
    session = try arguments.string(RunPythonTool.sessionArgument)
    wantsImagesAtOnce = meta[RunPythonTool.imagesKey] == true
    wantsRuns = meta[RunPythonTool.runsKey] == true
    options = RunOptions(meta)
  }
}
