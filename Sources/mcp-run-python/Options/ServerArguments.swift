import MCPRunPython
import PythonSandbox
import RunPythonServer
import SystemSupport

/// The command line of a server of this program, for the programs that start it.
struct ServerArguments {
  var transport = ServerTransport.stdio
  var dependencies: Dependencies
  var limits: LimitOptions
  var state: StateMode
  /// True when the server offers tools that save and restore the session; they keep the state.
  var offersCheckpoints = false
  /// True when the client is this program, which may have checkpoints written to files and read from them.
  var handlesFiles = false
  var returnMode: ReturnMode
  /// Further options about results and questions.
  var answers: [String] = []
  /// The cache folder; nil for the one that the server finds itself.
  var cacheFolder: String?
  var isOffline: Bool
  var isVerbose = false

  /// The words that differ from the defaults, and no others, because people read and edit this.
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

/// The path of this program, to start it again as a server.
enum OwnExecutable {
  static func path() throws -> String {
    #if os(Linux)
      try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    #else
      Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
  }
}
