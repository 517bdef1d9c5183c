public import Logging
public import MCP
public import PythonSandbox

/// Serves the tool `run_python_code` to many clients: each has Python to itself, from one pool of interpreters.
public struct RunPythonHost: Sendable {
  private let pool: InterpreterPool
  private let state: StateMode
  private let returnMode: ReturnMode
  private let offersCheckpoints: Bool
  private let checkpoints: CheckpointStore
  private let slots: SessionSlots
  private let named: NamedSessions
  private let logger: Logger

  /// - Parameters:
  ///   - maximumSessions: How many may have Python at once.
  ///   - sessionTimeout: How long a session that calls name may be unused before it is ended.
  ///   - offersCheckpoints: Whether there are tools to go back in time; for `keep` only.
  public init(
    pool: InterpreterPool, state: StateMode, returnMode: ReturnMode, maximumSessions: Int,
    sessionTimeout: Duration, offersCheckpoints: Bool = false, logger: Logger
  ) {
    self.pool = pool
    self.state = state
    self.returnMode = returnMode
    self.offersCheckpoints = offersCheckpoints
    self.logger = logger
    slots = SessionSlots(limit: maximumSessions)
    checkpoints = CheckpointStore(logger: logger)
    named = NamedSessions(
      source: pool, state: state, checkpoints: checkpoints, slots: slots, timeout: sessionTimeout,
      logger: logger)
  }

  /// How many requests of one session may be in work: enough for calls that wait for each other, and not enough to
  /// fill the memory with what clients send.
  private static let maximumRequests = 32

  /// The tools as clients without a protocol's session see them.
  public var requestTools: [Tool] {
    [state == .keep ? RunPythonTool.toolWithSession : RunPythonTool.tool]
      + (offersCheckpoints ? CheckpointTools.allByName : [])
  }

  /// A server for one client's session. It takes an interpreter when code is to be run.
  ///
  /// - Throws: ``RPCError/overloaded(_:retryAfter:)``.
  public func sessionServer() throws(RPCError) -> RunPythonServer {
    let slot = try slots.take()
    let session = PythonSession(sandbox: pool, state: state, checkpoints: checkpoints, logger: logger)
    guard offersCheckpoints else {
      return RunPythonServer(
        sessions: OwnSession(session: session), tools: [RunPythonTool.tool], returnMode: returnMode,
        maximumRequests: Self.maximumRequests,
        end: {
          await session.close()
          withExtendedLifetime(slot) {}
        })
    }
    let sessions = OwnSessions(first: session) { [pool, state, checkpoints, slots, logger] origin in
      PythonSession(
        sandbox: pool, state: state, checkpoints: checkpoints, origin: origin, slot: try slots.take(),
        logger: logger)
    }
    return RunPythonServer(
      sessions: sessions, tools: [RunPythonTool.toolWithForks] + CheckpointTools.all, returnMode: returnMode,
      maximumRequests: Self.maximumRequests,
      end: {
        await sessions.close()
        withExtendedLifetime(slot) {}
      })
  }

  /// A server for one request that stands alone.
  ///
  /// - Parameter proposal: What a session that the request begins is to be called.
  public func requestServer(proposal: String?) -> RunPythonServer {
    RunPythonServer(
      sessions: RequestSessions(shared: named, proposal: proposal), tools: requestTools,
      returnMode: returnMode)
  }

  /// Ends the sessions that calls name, and the interpreters that nobody has got.
  public func close() async {
    await named.close()
    await pool.close()
  }
}
