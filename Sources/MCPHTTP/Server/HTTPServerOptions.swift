public import MCP

/// The options of a Streamable HTTP server.
public struct HTTPServerOptions: Sendable {
  /// The name or address to listen on, such as `127.0.0.1`.
  public var host: String
  /// The port to listen on; 0 lets the system choose one.
  public var port: Int
  /// True when legacy clients get no session: each of their requests stands alone.
  public var isStateless: Bool
  /// The hosts and origins that requests may name.
  public var policy: HostPolicy
  /// The secret that clients have to present; nil when they need none.
  public var token: BearerToken?
  /// The tools whose clients may have to repeat arguments as headers.
  public var tools: [Tool]
  /// The time after which a session without a request is ended.
  public var sessionTimeout: Duration
  /// The name of a header in which a program in front proposes the id of a new session; nil for none.
  public var sessionIDHeader: String?
  /// The size of the largest body of a request, in bytes.
  public var maximumBodyBytes: Int

  /// The bytes that the bodies of all requests in work may take together. A request beyond them is refused with 503.
  public var bodyBudget = 64 << 20
  /// The number of connections at once. Further clients wait until one is gone.
  public var maximumConnections = 1000

  /// Tells `/readyz` that a new session can begin.
  public var isReady: @Sendable () async -> Bool = { true }
  /// Gives the text of `/metrics`, in Prometheus's format.
  public var metrics: @Sendable () -> String = { "" }

  /// The time that a call waits for its client to come back with an answer (2026-07-28); nil for any time.
  public var inputTimeout: Duration? = .seconds(120)
  /// The time that a client may take for the headers, for the body, or for a piece of the response. It is
  /// disconnected after that.
  public var clientTimeout = Duration.seconds(30)
  /// The time that a connection may stay open between two requests. It is longer than nginx keeps its connections,
  /// so that nginx never picks one that is being closed.
  public var idleTimeout = Duration.seconds(75)
  /// The time that a stream may be quiet before a comment is sent to keep it open.
  public var keepAlive = Duration.seconds(15)
  /// The time that running calls may go on when the server is to end.
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
