public import Logging
public import MCP
public import PythonSandbox
public import RunPythonTool

/// Serves the tool `run_python_code` to many clients: each has Python to itself, from one pool of interpreters.
public struct RunPythonHost: Sendable {
  private let pool: InterpreterPool
  private let factory: SessionFactory
  private let named: NamedSessions
  private let textForm: TextForm
  private let results: ResultOptions
  private let description: SandboxDescription
  private let offersCheckpoints: Bool
  /// The tools for a request that stands alone.
  private let requestOffer: ToolOffer

  /// The way out for a client that is refused. It is the server's owner who can take it.
  public enum Remedy: Sendable, Hashable, CaseIterable {
    /// Start the server with room for more Python sessions.
    case allowMoreSessions
  }

  /// - Parameters:
  ///   - maximumSessions: The number of Python sessions that may exist at once.
  ///   - sessionTimeout: The time that a session named by calls may be unused before it is ended.
  ///   - offersCheckpoints: True when there are tools to go back in time; for `keep` only.
  ///   - wording: Words a remedy for the server's owner, to follow "Try again later, or"; nil tells none.
  public init(
    pool: InterpreterPool, state: SandboxState, textForm: TextForm = .xml,
    results: ResultOptions = ResultOptions(), maximumSessions: Int, sessionTimeout: Duration,
    offersCheckpoints: Bool = false, wording: (Remedy) -> String? = { _ in nil }, logger: Logger
  ) {
    self.pool = pool
    self.textForm = textForm
    self.results = results
    description = SandboxDescription(pool, state: state)
    self.offersCheckpoints = offersCheckpoints
    factory = SessionFactory(
      source: pool, state: state,
      slots: SessionSlots(limit: maximumSessions, remedy: wording(.allowMoreSessions)), logger: logger)
    requestOffer = ToolOffer(
      naming: state == .keep ? .always : .never, hasCheckpoints: offersCheckpoints,
      structured: results.structured ?? .both, description)
    named = NamedSessions(factory: factory, timeout: sessionTimeout)
  }

  /// The number of requests of one session that may be in work. It is enough for calls that wait for each
  /// other, and too small to fill the memory with clients' messages.
  private static let maximumRequests = 32

  /// The tools in the form for clients whose protocol has no session.
  public var requestTools: [Tool] { requestOffer.tools }

  /// Makes a server for one client's session. It takes an interpreter when code must run.
  ///
  /// - Throws: ``RPCError/overloaded(_:retryAfter:)``.
  public func sessionServer() throws(RPCError) -> ToolServer {
    ToolServer(
      session: try factory.session(), factory: factory, offersCheckpoints: offersCheckpoints,
      textForm: textForm, results: results, description: description, maximumRequests: Self.maximumRequests)
  }

  /// Makes a server for one request that stands alone.
  ///
  /// - Parameter proposal: The name for a session that the request begins.
  public func requestServer(proposal: String?) -> ToolServer {
    ToolServer(
      sessions: RequestSessions(shared: named, proposal: proposal), offer: requestOffer,
      textForm: textForm, results: results, description: description)
  }

  /// Ends the sessions that calls name, and the interpreters that wait for clients.
  public func close() async {
    await named.close()
    await pool.close()
  }
}
