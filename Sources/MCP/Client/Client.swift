/// An MCP client for all five revisions (see ``Revision``).
///
/// Requests throw the ``RPCError`` that the server answered, or a ``ClientError`` when there is no proper
/// answer. When the task is cancelled they throw `CancellationError` at once, and the server is told by
/// `notifications/cancelled`.
///
/// The actor guards the wanted log level from callers that run side by side.
public actor Client {
  /// The revision that both sides speak.
  public nonisolated let revision: Revision
  public nonisolated let serverInfo: Implementation?
  /// The server's capabilities as it declared them, an object.
  public nonisolated let serverCapabilities: JSON
  public nonisolated let instructions: String?

  nonisolated let link: Link
  let envelope: ModernEnvelope
  let timeout: Duration
  /// The level that each modern request asks for.
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

  /// Asks the user a question of the server. Its task is cancelled when the server waits no more.
  public typealias ElicitationHandler = @Sendable (Elicitation) async -> Elicitation.Answer

  /// Agrees with a server on a revision. If that fails, the transport is closed.
  ///
  /// - Parameters:
  ///   - protocol: The wanted revision. With `auto`, a server that does not answer `server/discover` within
  ///     10 seconds counts as a legacy one.
  ///   - capabilities: The client's abilities, in the shape of `ClientCapabilities`.
  ///   - onLog: Gets each log message in the order of the wire. All that precede a result are delivered
  ///     before the request returns. It must not block.
  ///   - onNotification: Gets method and parameters of all other notifications, in the same order, but not
  ///     progress that somebody waits for.
  ///   - onElicit: Asks the user; the capability is declared when it is given.
  ///   - timeout: The time for the handshake and for each later request. Tool calls may take any time.
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

  /// Lets go of the server. Requests that still wait for an answer throw.
  public func close() async { await link.close() }
}

/// The reason why a client could not get an answer. An error that the server answers is an ``RPCError``.
public struct ClientError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: Sendable, Hashable {
    /// The server could not be started, ended, or closed the connection.
    case serverGone
    /// ``Client/close()`` was called.
    case closed
    /// No answer came within the time.
    case timedOut
    /// There is no revision that both sides speak.
    case unsupportedRevision
    /// An answer broke the rules of the protocol.
    case invalidResponse
  }

  public var code: Code
  /// A sentence for the user.
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
