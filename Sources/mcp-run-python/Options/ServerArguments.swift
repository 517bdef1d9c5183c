import MCPRunPython
import PythonSandbox
import RunPythonServer
import SystemSupport

/// The command line of a server of this program, for whoever starts it.
struct ServerArguments {
  var transport = ServerTransport.stdio
  var dependencies: Dependencies
  var limits: LimitOptions
  var state: StateMode
  /// Whether there are tools to go back in time; they keep the state.
  var offersCheckpoints = false
  /// Whether its client, this program, may have checkpoints written to files and read from them.
  var handlesFiles = false
  var returnMode: ReturnMode
  /// What else is said of its results and questions.
  var answers: [String] = []
  /// nil for the one that the server finds itself.
  var cacheFolder: String?
  var isOffline: Bool
  var isVerbose = false

  /// Only what differs from what holds anyway: people read and edit this.
  var list: [String] {
    var list = [transport.rawValue]
    for requirement in dependencies.requirements { list += ["--deps", requirement] }
    list += limits.arguments
    if offersCheckpoints {
      list.append("--checkpoints")
    } else if state != .reset {
      list += ["--state", state.rawValue]
    }
    if handlesFiles { list.append("--checkpoint-files") }
    if returnMode != .xml { list += ["--return-mode", returnMode.rawValue] }
    list += answers
    if let cacheFolder { list += ["--cache-dir", URL(fileURLWithPath: cacheFolder).path] }
    if isOffline { list.append("--offline") }
    if isVerbose { list.append("--verbose") }
    return list
  }
}
