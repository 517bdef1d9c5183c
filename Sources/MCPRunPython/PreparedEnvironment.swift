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

/// The way in which a client reaches the server.
public enum ServerTransport: String, Sendable, Hashable, CaseIterable {
  /// The server is a child process, reached over its standard input and output.
  case stdio
  /// The server is reached over HTTP, with a session for each client that asks for one.
  case streamableHTTP = "streamable-http"
  /// The server is reached over HTTP, and each call stands alone.
  case streamableHTTPStateless = "streamable-http-stateless"
}

/// The form of the tool's text result.
public enum TextForm: String, Sendable, Hashable {
  /// The text has `<status>…</status>`, `<output>…</output>` and so on, as the original writes them.
  case xml
  /// The text is one JSON object with the same parts.
  case json
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
///     ``codeSandbox(dependencies:logHandler:networking:limits:state:resuming:executable:isolation:_:)``.
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
  return ServerOptions(
    dependencies: dependencies, networking: networking, limits: limits, state: state, returnMode: returnMode,
    results: results
  ).environment(transport, executable: executable)
}

/// The server's options, for a command line.
struct ServerOptions {
  var dependencies: [String]
  var networking: Networking
  var limits: SandboxLimits
  var state: SandboxState
  var returnMode: TextForm
  var results = ResultOptions()
  /// True when a kept state can be saved to files and restored.
  var offersCheckpoints = false

  /// Gives the command; options with their default value are left out.
  func environment(_ transport: ServerTransport, executable: String?) -> PreparedEnvironment {
    var arguments = [transport.rawValue]
    for requirement in dependencies { arguments += ["--deps", requirement] }
    if networking != .publicOnly { arguments += ["--network", networking.argument] }
    arguments += limits.arguments
    if state == .keep, offersCheckpoints {
      arguments += ["--checkpoints", "--checkpoint-files"]
    } else if state != .reset {
      arguments += ["--state", state.rawValue]
    }
    if returnMode != .xml { arguments += ["--return-mode", returnMode.rawValue] }
    arguments += results.arguments
    return PreparedEnvironment(command: executable ?? ServerExecutable.path, arguments: arguments)
  }
}
