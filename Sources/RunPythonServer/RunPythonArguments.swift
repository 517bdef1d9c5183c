internal import MCP

/// The tool's arguments, checked against its input schema.
struct RunPythonArguments {
  let code: String
  /// A JSON object's text.
  let globals: String

  init(_ arguments: JSONObject) throws(RPCError) {
    let complaint = "Invalid arguments for tool \(RunPythonTool.name)"
    for name in arguments.keys where name != "python_code" && name != "global_variables" {
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
    self.code = code
    self.globals = globals.text
  }
}
