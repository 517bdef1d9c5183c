/// An MCP server of tools, for all five revisions (see ``Revision``) at once: which one is spoken is up to
/// each client.
///
/// It keeps nothing between connections, so one server may serve many.
public final class Server: Sendable {
  public let configuration: ServerConfiguration
  private let handler: any ToolHandler

  public init(configuration: ServerConfiguration, handler: any ToolHandler) {
    self.configuration = configuration
    self.handler = handler
  }

  /// Serves one client until it has no more to say, then lets running calls finish
  /// (``ServerConfiguration/drainPeriod``), closes the transport and returns.
  ///
  /// When nothing can be sent to the client any more, running calls are cancelled at once; so too when the
  /// task is cancelled.
  ///
  /// - Parameters:
  ///   - opening: What was agreed on before, if the conversation does not begin here.
  ///   - requestStates: What clients see of a call that waits for input.
  public func serve(
    over transport: any Transport, opening: Opening? = nil,
    requestStates: any RequestStateCodec = PlainRequestStates()
  ) async {
    let connection = Connection(
      configuration: configuration, handler: handler, transport: transport,
      session: opening.map(Session.init) ?? Session(), requestStates: requestStates)
    await connection.run()
  }

  /// Stands for the handshake of a legacy conversation of which only a part is served here, as a stateless HTTP
  /// server does. Nothing is known of the client's capabilities.
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
