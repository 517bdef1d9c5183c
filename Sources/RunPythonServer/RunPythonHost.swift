public import Logging
public import MCP
public import PythonSandbox

/// Serves the tool `run_python_code` to many clients: each has Python to itself, from one pool of interpreters.
public struct RunPythonHost: Sendable {
  private let pool: InterpreterPool
  private let state: StateMode
  private let returnMode: ReturnMode
  private let slots: SessionSlots
  private let named: NamedSessions
  private let logger: Logger

  /// - Parameters:
  ///   - maximumSessions: How many may have Python at once.
  ///   - sessionTimeout: How long a session that calls name may be unused before it is ended.
  public init(
    pool: InterpreterPool, state: StateMode, returnMode: ReturnMode, maximumSessions: Int,
    sessionTimeout: Duration, logger: Logger
  ) {
    self.pool = pool
    self.state = state
    self.returnMode = returnMode
    self.logger = logger
    slots = SessionSlots(limit: maximumSessions)
    named = NamedSessions(
      source: pool, state: state, slots: slots, timeout: sessionTimeout, logger: logger)
  }

  /// How many requests of one session may be in work: enough for calls that wait for each other, and not enough to
  /// fill the memory with what clients send.
  private static let maximumRequests = 32

  /// The tool as clients without a protocol's session see it.
  public var requestTool: Tool { state == .keep ? RunPythonTool.toolWithSession : RunPythonTool.tool }

  /// A server for one client's session. It takes an interpreter when code is to be run.
  ///
  /// - Throws: ``RPCError/overloaded(_:retryAfter:)``.
  public func sessionServer() throws(RPCError) -> RunPythonServer {
    let slot = try slots.take()
    let session = PythonSession(sandbox: pool, state: state, logger: logger)
    return RunPythonServer(
      sessions: OwnSession(session: session), tool: RunPythonTool.tool, returnMode: returnMode,
      maximumRequests: Self.maximumRequests,
      end: {
        await session.close()
        withExtendedLifetime(slot) {}
      })
  }

  /// A server for one request that stands alone.
  ///
  /// - Parameter proposal: What a session that the request begins is to be called.
  public func requestServer(proposal: String?) -> RunPythonServer {
    RunPythonServer(
      sessions: RequestSessions(shared: named, proposal: proposal), tool: requestTool, returnMode: returnMode)
  }

  /// Ends the sessions that calls name, and the interpreters that nobody has got.
  public func close() async {
    await named.close()
    await pool.close()
  }
}
