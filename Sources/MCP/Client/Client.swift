/// An MCP client for all five revisions (see ``Revision``).
///
/// Requests throw the ``RPCError`` that the server answered, a ``ClientError`` when there is no proper
/// answer, or `CancellationError` at once when the task is cancelled; the server is told of that by
/// `notifications/cancelled`.
public actor Client {
  /// The revision that is spoken.
  public nonisolated let revision: Revision
  public nonisolated let serverInfo: Implementation?
  /// As the server declared them, an object.
  public nonisolated let serverCapabilities: JSON
  public nonisolated let instructions: String?

  nonisolated let link: Link
  let envelope: ModernEnvelope
  let timeout: Duration
  /// Modern: the level that each request asks for.
  var logLevel: LogLevel?

  private init(link: Link, envelope: ModernEnvelope, timeout: Duration, outcome: Negotiation.Outcome) {
    self.link = link
    self.envelope = envelope
    self.timeout = timeout
    revision = outcome.revision
    serverInfo = outcome.serverInfo
    serverCapabilities = outcome.serverCapabilities
    instructions = outcome.instructions
  }

  /// Asks the user what the server wants to know. Its task is cancelled when the server does not wait any more.
  public typealias ElicitationHandler = @Sendable (Elicitation) async -> Elicitation.Answer

  /// Agrees with a server on a revision. If that fails the transport is closed.
  ///
  /// - Parameters:
  ///   - protocol: With `auto`, a server that does not answer `server/discover` within 10 seconds is taken
  ///     for a legacy one.
  ///   - capabilities: What this client can do for the server, in the shape of `ClientCapabilities`.
  ///   - onLog: Called for each log message in the order of the wire. All that precede a result have been
  ///     delivered before the request returns. It must not block.
  ///   - onNotification: Called with method and parameters of all other notifications, in the same order, but
  ///     for progress that somebody waits for.
  ///   - onElicit: Asks the user; the capability is declared when it is given.
  ///   - timeout: For the handshake and for each later request but tool calls, which may last as long as they
  ///     like.
  public static func connect(
    over transport: any Transport, info: Implementation, protocol choice: ProtocolChoice = .auto,
    capabilities: JSON = [:], onLog: @escaping @Sendable (LogMessage) -> Void = { _ in },
    onNotification: @escaping @Sendable (String, JSONObject) -> Void = { _, _ in },
    onElicit: ElicitationHandler? = nil, timeout: Duration = .seconds(60)
  ) async throws -> Client {
    let link = Link(
      transport: transport,
      listeners: .init(onLog: onLog, onNotification: onNotification, onElicit: onElicit))
    await link.start()
    var declared = capabilities.objectValue ?? [:]
    if onElicit != nil { declared["elicitation"] = [:] }
    let envelope = ModernEnvelope(info: info, capabilities: .object(declared))
    do {
      let outcome = try await Negotiation(link: link, envelope: envelope, timeout: timeout).run(choice)
      return Client(link: link, envelope: envelope, timeout: timeout, outcome: outcome)
    } catch {
      await link.close()
      throw error
    }
  }

  /// Lets go of the server. Requests that wait for an answer throw.
  public func close() async { await link.close() }
}
