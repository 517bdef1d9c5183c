public import Logging
public import MCP
public import PythonSandbox

/// An MCP server of the tool `run_python_code` for one client.
public struct RunPythonServer: Sendable {
  public static let version = "0.1.0"

  private let server: Server
  private let session: PythonSession

  public init(sandbox: Sandbox, state: StateMode, returnMode: ReturnMode, logger: Logger) {
    session = PythonSession(sandbox: sandbox, state: state, logger: logger)
    server = Server(
      configuration: ServerConfiguration(
        info: Implementation(name: "MCP Run Python", version: Self.version),
        instructions: "Call the \"run_python_code\" tool with the Python code to run.",
        tools: [RunPythonTool.tool], prompts: [PythonPrompt.prompt(of: session)]),
      handler: RunPythonHandler(session: session, returnMode: returnMode))
  }

  /// Serves the client until it has no more to say or the task is cancelled. The interpreter starts at once,
  /// and is gone when this returns.
  public func serve(over transport: any Transport) async {
    await session.warmUp()
    await server.serve(over: transport)
    await session.close()
  }
}
