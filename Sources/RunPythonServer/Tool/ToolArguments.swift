internal import MCP

/// The arguments of a tool's call, checked against its input schema.
struct ToolArguments {
  private let values: JSONObject
  private let tool: String

  /// - Throws: `invalidParams` for an argument that the tool does not have.
  init(_ call: ToolCall, offer: ToolOffer) throws(RPCError) {
    values = call.arguments
    tool = call.name
    let known = offer.properties(of: tool)
    for name in values.keys where known[name] == nil { throw invalid("there is no argument '\(name)'") }
  }

  /// Makes the error with this complaint.
  func invalid(_ complaint: String) -> RPCError {
    .invalidParams("Invalid arguments for tool \(tool): \(complaint)")
  }

  func missing(_ name: String) -> RPCError { invalid("'\(name)' is missing") }

  /// Gives a string that must be there.
  func requiredString(_ name: String) throws(RPCError) -> String {
    guard values[name] != nil else { throw missing(name) }
    return try value(name, "a string", \.stringValue)
  }

  /// Gives a string; nil when there is none, or null.
  func string(_ name: String) throws(RPCError) -> String? {
    hasValue(name) ? try value(name, "a string", \.stringValue) : nil
  }

  /// Gives a boolean; nil when there is none, or null.
  func boolean(_ name: String) throws(RPCError) -> Bool? {
    hasValue(name) ? try value(name, "true or false", \.boolValue) : nil
  }

  /// Gives an object; nil when there is none.
  func object(_ name: String) throws(RPCError) -> JSONObject? {
    values[name] == nil ? nil : try value(name, "an object", \.objectValue)
  }

  private func hasValue(_ name: String) -> Bool { values[name].map { !$0.isNull } ?? false }

  private func value<Value>(
    _ name: String, _ kind: String, _ read: (JSON) -> Value?
  ) throws(RPCError) -> Value {
    guard let value = values[name].flatMap(read) else { throw invalid("'\(name)' must be \(kind)") }
    return value
  }
}

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
