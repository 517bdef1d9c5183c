/// How any MCP client starts the server.
///
/// As JSON (`Codable`) the names are those of clients' settings: `command`, `args`, `env`, `cwd`.
public struct PreparedEnvironment: Sendable, Hashable, Codable {
  /// Path of the executable, or its name where the PATH has it.
  public var command: String
  /// What follows on the command line, one element an argument; nothing is quoted.
  public var arguments: [String]
  /// Variables to set beside the client's own.
  public var environment: [String: String]
  /// nil when any folder will do.
  public var workingDirectory: String?

  enum CodingKeys: String, CodingKey {
    case command
    case arguments = "args"
    case environment = "env"
    case workingDirectory = "cwd"
  }

  /// What a client needs to start any server.
  public init(
    command: String, arguments: [String], environment: [String: String] = [:], workingDirectory: String? = nil
  ) {
    self.command = command
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
  }
}

/// How a client reaches the server.
public enum ServerTransport: String, Sendable, Hashable, CaseIterable {
  /// As a child process, over its standard input and output.
  case stdio
  /// Over HTTP, with a session for each client that asks for one.
  case streamableHTTP = "streamable-http"
  /// Over HTTP, each call on its own.
  case streamableHTTPStateless = "streamable-http-stateless"
}

/// The form of the tool's text result.
public enum TextForm: String, Sendable, Hashable {
  /// `<status>…</status>`, `<output>…</output>` and so on, as the original writes them.
  case xml
  /// One JSON object with the same parts.
  case json
}

/// Fetches the runtime and installs packages, and says how to start a server that then needs no network for that.
///
/// - Parameters:
///   - transport: how the client will talk to it.
///   - dependencies: packages that the code may import, as for pip.
///   - results: what else the results are like, and how long the code may wait for an answer.
///   - onProgress: gets each line about what is being done.
///   - executable: as for ``codeSandbox(dependencies:logHandler:networking:limits:state:resuming:executable:isolation:_:)``.
/// - Throws: `CodeSandboxError` with the reason and what to do about it.
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
  /// Whether a state that is kept can be saved to files and restored.
  var offersCheckpoints = false

  /// Without the options that say what holds by default.
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
