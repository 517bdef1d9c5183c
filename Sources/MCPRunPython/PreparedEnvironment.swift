public import RunPythonTool

// The options of a server are those of its command line, which the contract of the tool has.
@_exported public import enum RunPythonTool.Networking
@_exported public import struct RunPythonTool.ResultOptions
@_exported public import struct RunPythonTool.SandboxLimits
@_exported public import struct RunPythonTool.SandboxMount
@_exported public import enum RunPythonTool.SandboxState
@_exported public import enum RunPythonTool.ServerTransport
@_exported public import enum RunPythonTool.TextForm

/// The command with which any MCP client starts the server.
///
/// The names in its JSON (`Codable`) are those of clients' settings: `command`, `args`, `env`, `cwd`.
public struct PreparedEnvironment: Sendable, Hashable, Codable {
  /// The path of the executable, or its name where the PATH has it.
  public var command: String
  /// The rest of the command line, one element an argument; nothing is quoted.
  public var arguments: [String]
  /// The variables to set beside the client's own.
  public var environment: [String: String]
  /// The folder to start in; nil when any folder will do.
  public var workingDirectory: String?

  enum CodingKeys: String, CodingKey {
    case command
    case arguments = "args"
    case environment = "env"
    case workingDirectory = "cwd"
  }

  /// Describes the start of any server.
  public init(
    command: String, arguments: [String], environment: [String: String] = [:], workingDirectory: String? = nil
  ) {
    self.command = command
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
  }
}

/// Fetches the runtime and installs packages. The returned command starts a server that then needs no network
/// for that.
///
/// - Parameters:
///   - transport: The way in which the client will reach the server.
///   - dependencies: The packages that the code may import, as for pip.
///   - networking: The hosts that the code may reach.
///   - limits: The time, memory and output that the code may use.
///   - state: The state that a call leaves for the next one.
///   - returnMode: The form of the tool's text result.
///   - results: Further choices about results, and the time that the code may wait for an answer.
///   - onProgress: Gets each line about the work being done.
///   - executable: The path of the server's executable; the default is that of
///     ``codeSandbox(dependencies:logHandler:networking:limits:mounts:state:resuming:executable:isolation:_:)``.
/// - Returns: The command, for a client's settings.
/// - Throws: `CodeSandboxError` with the reason and the remedy.
public func prepareEnvironment(
  _ transport: ServerTransport, dependencies: [String] = [], networking: Networking = .publicOnly,
  limits: SandboxLimits = SandboxLimits(), state: SandboxState = .reset, returnMode: TextForm = .xml,
  results: ResultOptions = ResultOptions(), executable: String? = nil,
  onProgress: @escaping @Sendable (String) -> Void = { _ in }
) async throws -> PreparedEnvironment {
  let executable = executable ?? ServerExecutable.path
  try await Installation(executable: executable, dependencies: dependencies).run(onLine: onProgress)
  var line = ServerCommandLine()
  line.transport = transport
  line.dependencies = dependencies
  line.networking = networking
  line.limits = limits
  line.state = state
  line.textForm = returnMode
  line.results = results
  return PreparedEnvironment(command: executable, arguments: line.arguments)
}
