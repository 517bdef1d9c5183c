public import Logging
public import MCP
public import PythonSandbox

/// Serves the tool `run_python_code` to many clients: each has Python to itself, from one pool of interpreters.
public struct RunPythonHost: Sendable {
  private let pool: InterpreterPool
  private let factory: SessionFactory
  private let named: NamedSessions
  private let answers: AnswerOptions
  private let description: SandboxDescription
  private let offersCheckpoints: Bool
  /// What a request that stands alone is offered.
  private let requestOffer: ToolOffer

  /// - Parameters:
  ///   - maximumSessions: How many may have Python at once.
  ///   - sessionTimeout: How long a session that calls name may be unused before it is ended.
  ///   - offersCheckpoints: Whether there are tools to go back in time; for `keep` only.
  public init(
    pool: InterpreterPool, state: StateMode, answers: AnswerOptions, maximumSessions: Int,
    sessionTimeout: Duration, offersCheckpoints: Bool = false, logger: Logger
  ) {
    self.pool = pool
    self.answers = answers
    description = SandboxDescription(pool, state: state)
    self.offersCheckpoints = offersCheckpoints
    factory = SessionFactory(
      source: pool, state: state, slots: SessionSlots(limit: maximumSessions), logger: logger)
    requestOffer = ToolOffer(
      naming: state == .keep ? .always : .never, hasCheckpoints: offersCheckpoints,
      structured: answers.structured, description)
    named = NamedSessions(factory: factory, timeout: sessionTimeout)
  }

  /// How many requests of one session may be in work: enough for calls that wait for each other, and not enough to
  /// fill the memory with what clients send.
  private static let maximumRequests = 32

  /// The tools as clients without a protocol's session see them.
  public var requestTools: [Tool] { requestOffer.tools }

  /// A server for one client's session. It takes an interpreter when code is to be run.
  ///
  /// - Throws: ``RPCError/overloaded(_:retryAfter:)``.
  public func sessionServer() throws(RPCError) -> RunPythonServer {
    RunPythonServer(
      session: try factory.session(), factory: factory, offersCheckpoints: offersCheckpoints,
      answers: answers, description: description, maximumRequests: Self.maximumRequests)
  }

  /// A server for one request that stands alone.
  ///
  /// - Parameter proposal: What a session that the request begins is to be called.
  public func requestServer(proposal: String?) -> RunPythonServer {
    RunPythonServer(
      sessions: RequestSessions(shared: named, proposal: proposal), offer: requestOffer,
      answers: answers, description: description)
  }

  /// Ends the sessions that calls name, and the interpreters that nobody has got.
  public func close() async {
    await named.close()
    await pool.close()
  }
}
