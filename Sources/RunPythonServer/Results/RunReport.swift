internal import MCP
internal import Pictures
internal import PythonSandbox

/// All results of one call of the tool, from which both forms of its result are written.
struct RunReport {
  enum Ending {
    case success(RunResult.Value?)
    case runError(String)
    case installError(String)
  }

  var ending: Ending
  /// The code's output, by lines.
  var output: [String]
  /// The images that the code showed, in order.
  var images: [PNGFile] = []
  /// The exit that the code asked for, if it ended Python.
  var exit: RunResult.Exit?
  /// Sentences that the original has no place for: a replaced interpreter, dropped output.
  var notices: [Notice] = []
  /// The session's name for the next call, where no protocol remembers it.
  var session: String?
  /// True when the result is for a prompt, which shows the value as Python does.
  var isForPrompt = false
  /// The number of runs that the session's state comes from, where the client wants to know it.
  var runs: Int?

  var status: String {
    switch ending {
    case .success: "success"
    case .runError: "run-error"
    case .installError: "install-error"
    }
  }

  /// The return value as JSON, if there is one.
  var value: JSON? {
    guard case .success(let value?) = ending else { return nil }
    guard let json = value.json else { return .string(value.text) }
    // A value nested deeper than the parser goes is given in Python's own text.
    return (try? JSON(parsing: Array(json.utf8))) ?? .string(value.representation)
  }

  var error: String? {
    switch ending {
    case .success: nil
    case .runError(let text), .installError(let text): text
    }
  }

  /// The result for programs, by the tool's output schema.
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
  /// The further facts that clients of ours ask for.
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
