public import MCP

/// How a Streamable HTTP server behaves.
public struct HTTPServerOptions: Sendable {
  public var host: String
  /// 0 lets the system choose.
  public var port: Int
  /// Whether legacy clients get no session: each of their requests stands alone.
  public var isStateless: Bool
  public var policy: HostPolicy
  /// What clients have to present; nil for nothing.
  public var token: BearerToken?
  /// The tools whose clients may have to repeat arguments as headers.
  public var tools: [Tool]
  /// How long a session may be without a request before it is ended.
  public var sessionTimeout: Duration
  /// The name of a header in which something in front of the server proposes the id of a new session.
  public var sessionIDHeader: String?
  /// Largest body of a request, in bytes.
  public var maximumBodyBytes: Int

  /// Bytes that all bodies in work may take together; more are refused for a while.
  public var bodyBudget = 64 << 20
  /// How many clients may be connected at once; others wait until one is gone.
  public var maximumConnections = 1000

  /// Whether there is all that a new session needs, for `/readyz`.
  public var isReady: @Sendable () async -> Bool = { true }
  /// The text that `/metrics` answers, in Prometheus's format.
  public var metrics: @Sendable () -> String = { "" }

  /// How long a call may wait for its client to come back with an answer (2026-07-28); nil for any time.
  public var inputTimeout: Duration? = .seconds(120)
  /// How long the headers of a request may take to arrive, how long its body, and how long a client may not take
  /// what is sent to it. Then it is disconnected.
  public var clientTimeout = Duration.seconds(30)
  /// How long a connection may stay open between two requests. Longer than nginx keeps its connections, so that it
  /// never picks one that is being closed.
  public var idleTimeout = Duration.seconds(75)
  /// How long a stream may be quiet before a comment is sent.
  public var keepAlive = Duration.seconds(15)
  /// How long running calls may go on when the server is to end.
  public var drainPeriod = Duration.seconds(10)

  public init(
    host: String = "127.0.0.1", port: Int = 3001, isStateless: Bool = false, policy: HostPolicy,
    token: BearerToken? = nil, tools: [Tool] = [], sessionTimeout: Duration = .seconds(1800),
    sessionIDHeader: String? = nil, maximumBodyBytes: Int = 4 << 20
  ) {
    self.host = host
    self.port = port
    self.isStateless = isStateless
    self.policy = policy
    self.token = token
    self.tools = tools
    self.sessionTimeout = sessionTimeout
    self.sessionIDHeader = sessionIDHeader
    self.maximumBodyBytes = maximumBodyBytes
  }
}
