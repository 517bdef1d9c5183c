/// An MCP server of tools, for all five revisions (see ``Revision``) at once: each client chooses the one to
/// speak.
///
/// It keeps nothing between connections, so one server may serve many.
public final class Server: Sendable {
  public let configuration: ServerConfiguration
  private let handler: any ToolHandler

  public init(configuration: ServerConfiguration, handler: any ToolHandler) {
    self.configuration = configuration
    self.handler = handler
  }

  /// Serves one client until it has no more to say. Then it lets running calls finish
  /// (``ServerConfiguration/drainPeriod``), closes the transport and returns.
  ///
  /// When nothing can be sent to the client any more, or the task is cancelled, running calls are cancelled
  /// at once.
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
      session: opening.map(Session.init) ?? Session(), requestStates: requestStates)
    await connection.run()
  }

  /// Replaces the handshake of a legacy conversation of which only a part is served here, as a stateless HTTP
  /// server does. The client's capabilities are not known.
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
