internal import MCP

/// The arguments of a call of `run_python_code`.
struct RunPythonArguments {
  let code: String
  /// The variables, as the text of a JSON object.
  let globals: String
  let options: RunOptions
  /// True when each image is also sent as soon as it is shown, and not only with the result.
  let wantsImagesAtOnce: Bool
  /// True when the result must tell the number of runs.
  let wantsRuns: Bool
  /// The session for the code, where calls name one.
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
