internal import MCP

/// The tool's arguments, checked against its input schema.
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

  /// - Parameters:
  ///   - meta: The request's `_meta`.
  ///   - namesSession: Whether there is the argument `session`.
  init(_ arguments: JSONObject, meta: JSONObject = [:], namesSession: Bool = false) throws(RPCError) {
    let complaint = "Invalid arguments for tool \(RunPythonTool.name)"
    let names = ["python_code", "global_variables"] + (namesSession ? [RunPythonTool.sessionArgument] : [])
    for name in arguments.keys where !names.contains(name) {
      throw .invalidParams("\(complaint): there is no argument '\(name)'")
    }
    guard let value = arguments["python_code"] else {
      throw .invalidParams("\(complaint): 'python_code' is missing")
    }
    guard let code = value.stringValue else {
      throw .invalidParams("\(complaint): 'python_code' must be a string")
    }
    let globals = arguments["global_variables"] ?? [:]
    guard globals.objectValue != nil else {
      throw .invalidParams("\(complaint): 'global_variables' must be an object")
    }
    let session = arguments[RunPythonTool.sessionArgument] ?? .null
    guard session.isNull || session.stringValue != nil else {
      throw .invalidParams("\(complaint): 'session' must be a string")
    }
    self.session = session.stringValue
    wantsImagesAtOnce = meta[RunPythonTool.imagesKey] == true
    columns = meta[RunPythonTool.columnsKey]?.intValue.flatMap { (1...10_000).contains($0) ? $0 : nil }
    isAside = meta[RunPythonTool.asideKey] == true
    wantsRuns = meta[RunPythonTool.runsKey] == true
    isInteractive = meta[RunPythonTool.interactiveKey] == true
    self.code = code
    self.globals = globals.text
  }
}
