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
  public func serve(over transport: any Transport) async {
    let connection = Connection(configuration: configuration, handler: handler, transport: transport)
    await connection.run()
  }
}
