/// The service behind a transport: one conversation, be it a session or a single request.
public protocol Conversation: Sendable {
  /// Returns when the transport has no more to give and all work has ended.
  ///
  /// - Parameters:
  ///   - opening: The state that was agreed on before, if the conversation does not begin here.
  ///   - requestStates: The form in which clients see a call that waits for input.
  func serve(
    over transport: any Transport, opening: Server.Opening?, requestStates: any RequestStateCodec
  ) async
}

/// An MCP server of tools, for all five revisions (see ``Revision``) at once: each client chooses the one to
/// speak.
///
/// It keeps nothing between connections, so one server may serve many.
public final class Server: Conversation {
  public let configuration: ServerConfiguration
  private let handler: any ToolHandler

  public init(configuration: ServerConfiguration, handler: any ToolHandler) {
    self.configuration = configuration
    self.handler = handler
  }

  /// Serves one client until it has no more to say. Then it lets running calls finish
  /// (``ServerConfiguration/drainPeriod``), closes the transport and returns.
  ///
  /// When the client cannot be reached any more, or the task is cancelled, running calls are cancelled at
  /// once.
  ///
  /// - Parameters:
  ///   - opening: The state that was agreed on before, if the conversation does not begin here.
  ///   - requestStates: The form in which clients see a call that waits for input.
  public func serve(
    over transport: any Transport, opening: Opening? = nil,
    requestStates: any RequestStateCodec = PlainRequestStates()
  ) async {
    let connection = Connection(
      configuration: configuration, handler: handler, transport: transport,
      handshake: opening.map(Handshake.init) ?? Handshake(), requestStates: requestStates)
    await connection.run()
  }

  /// Replaces the handshake of a legacy conversation when only a part of it is served here. A stateless HTTP
  /// server needs it. The client's capabilities are not known.
  public struct Opening: Sendable {
    public var revision: Revision
    /// The least level of log messages; `logging/setLevel` changes it for the rest of the part only.
    public var logThreshold: LogLevel

    public init(revision: Revision, logThreshold: LogLevel) {
      self.revision = revision
      self.logThreshold = logThreshold
    }
  }
}

/// A server's description of itself, and its limits.
public struct ServerConfiguration: Sendable {
  public var info: Implementation
  /// A text for the model at the client's side: the use of the server.
  public var instructions: String?
  public var tools: [Tool]
  public var prompts: [Prompt]
  /// The time that calls may go on after the client's last message; then they are cancelled.
  public var drainPeriod: Duration
  /// The number of requests of one connection that may be in work at once. Others are refused with
  /// `internalError`.
  public var maximumRequestsInFlight: Int
  /// The time that a client may keep the tool list (2026-07-28, `ttlMs`).
  public var timeToLive: Duration

  public init(
    info: Implementation, instructions: String? = nil, tools: [Tool] = [], prompts: [Prompt] = [],
    drainPeriod: Duration = .seconds(30), maximumRequestsInFlight: Int = 256,
    timeToLive: Duration = .seconds(3600)
  ) {
    self.info = info
    self.instructions = instructions
    self.tools = tools
    self.prompts = prompts
    self.drainPeriod = drainPeriod
    self.maximumRequestsInFlight = maximumRequestsInFlight
    self.timeToLive = timeToLive
  }

  /// The capabilities that a client is told: logging, and tools and prompts that do not change.
  func capabilities(for revision: Revision) -> JSON {
    var capabilities: JSONObject = ["logging": [:], "tools": [:]]
    if !prompts.isEmpty { capabilities["prompts"] = [:] }
    // 2024-11-05 has the method, but no capability for it.
    if revision >= .v2025_03_26, prompts.contains(where: { $0.complete != nil }) {
      capabilities["completions"] = [:]
    }
    return .object(capabilities)
  }
}

/// Does the work of a server's tools.
public protocol ToolHandler: Sendable {
  /// Runs a tool that ``ServerConfiguration/tools`` lists, beside other calls. When the client cancels the
  /// request, the task is cancelled and its result or error is dropped.
  ///
  /// - Throws: An ``RPCError``, which is answered unchanged: `invalidParams` for arguments that do not fit
  ///   the tool's schema, which nobody has checked before. Any other error is answered as `internalError`. A
  ///   tool that failed at its own task returns a ``ToolResult`` with ``ToolResult/isError`` set, so that the
  ///   model reads it.
  func call(_ call: ToolCall, in context: CallContext) async throws -> ToolResult
}

/// A call of a tool as the client sent it.
public struct ToolCall: Sendable, Hashable {
  public var name: String
  public var arguments: JSONObject
  /// The request's `_meta`.
  public var meta: JSONObject

  public init(name: String, arguments: JSONObject = [:], meta: JSONObject = [:]) {
    self.name = name
    self.arguments = arguments
    self.meta = meta
  }
}
