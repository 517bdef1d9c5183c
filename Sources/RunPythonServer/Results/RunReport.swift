internal import MCP
internal import Pictures
internal import PythonSandbox

/// All that a call of the tool came to: what both forms of the result are written from.
struct RunReport {
  enum Ending {
    case success(RunResult.Value?)
    case runError(String)
    case installError(String)
  }

  var ending: Ending
  /// What the code printed, by lines.
  var output: [String]
  /// What the code showed, in order.
  var images: [PNGFile] = []
  /// What the code asked for when it ended itself.
  var exit: RunResult.Exit?
  /// What the original knew nothing of: an interpreter that had to be replaced, output that was dropped.
  var notices: [Notice] = []
  /// What names the session in the next call, where no protocol does.
  var session: String?
  /// Whether it is for a prompt, which shows the value as Python does.
  var isForPrompt = false
  /// How many runs the session's state comes from, where the client wants to know.
  var runs: Int?

  var status: String {
    switch ending {
    case .success: "success"
    case .runError: "run-error"
    case .installError: "install-error"
    }
  }

  /// The return value as JSON, where there is one.
  var value: JSON? {
    guard case .success(let value?) = ending else { return nil }
    guard let json = value.json else { return .string(value.text) }
    // A value nested deeper than the parser goes is given as Python shows it.
    return (try? JSON(parsing: Array(json.utf8))) ?? .string(value.representation)
  }

  var error: String? {
    switch ending {
    case .success: nil
    case .runError(let text), .installError(let text): text
    }
  }

  /// The result for programs, as the tool's output schema says.
  var structuredContent: JSON {
    var members: JSONObject = ["status": .string(status), "output": .array(output.map(JSON.string))]
    if case .success(let value) = ending {
      members["return_value"] = self.value ?? .null
      if let value { members["repr"] = .string(value.representation) }
    }
    if let error { members["error"] = .string(error) }
    if let notice = notices.text { members["notice"] = .string(notice) }
    if let session { members[RunPythonTool.sessionArgument] = .string(session) }
    return .object(members)
  }
  /// What a client of ours wants to know beside it.
  var meta: JSONObject? {
    var members: JSONObject = [:]
    if let runs { members[RunPythonTool.runsKey] = .integer(runs) }
    if let exit {
      var told: JSONObject = ["status": .integer(Int(exit.status))]
      if let message = exit.message { told["message"] = .string(message) }
      members[RunPythonTool.exitKey] = .object(told)
    }
    return members.isEmpty ? nil : members
  }
}
