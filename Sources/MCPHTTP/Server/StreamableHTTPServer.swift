internal import HTTPTypes
internal import HummingbirdCore
public import Logging
internal import MCP
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle
internal import SystemPackage
internal import SystemSupport

/// An MCP server over Streamable HTTP, for all revisions at once.
///
/// Clients that begin with `initialize` get sessions. The requests of 2026-07-28 stand alone.
public struct StreamableHTTPServer: Sendable {
  private let options: HTTPServerOptions
  private let make: ConversationMaker
  private let logger: Logger

  /// Makes a server, which listens only once it runs.
  ///
  /// - Parameter make: Makes the conversation of each session or single request.
  public init(options: HTTPServerOptions, logger: Logger, make: @escaping ConversationMaker) {
    self.options = options
    self.logger = logger
    self.make = make
  }

  /// Serves until the task is cancelled or `stop` returns.
  ///
  /// Then it refuses new calls, lets running ones end within ``HTTPServerOptions/drainPeriod``, and ends all
  /// conversations.
  ///
  /// - Parameters:
  ///   - onReady: Called with the port once clients can connect.
  ///   - stop: Returns when the server is to end.
  /// - Throws: ``CannotListen`` when the address cannot be bound.
  public func run(
    onReady: @escaping @Sendable (Int) async -> Void, until stop: @escaping @Sendable () async -> Void
  ) async throws {
    let conversations = Conversations(options: options, make: make, logger: logger)
    let endpoint = Endpoint(options: options, conversations: conversations, logger: logger)
    let server = try HTTPServerBuilder.http1(
      configuration: .init(
        additionalChannelHandlers: [
          ClientWatchHandler(
            patience: TimeAmount(options.clientTimeout), maximumBodyBytes: options.maximumBodyBytes),
          ClosingHandler(patience: TimeAmount(options.clientTimeout)),
        ],
        idleTimeout: TimeAmount(options.idleTimeout))
    ).buildServer(
      configuration: .init(
        address: .hostname(options.host, port: options.port),
        availableConnectionsDelegate: .maximum(options.maximumConnections, logger: quiet)),
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet,
      responder: { request, writer, channel in
        let context = HTTPContext(channel: channel)
        try await context.checkIsOpen()
        var response = await endpoint.respond(to: request, context)
        response.headers[.date] = HTTPDate(secondsSince1970: UnixTime.now).text
        try await writer.write(response: response.head, body: response.body)
      },
      onServerRunning: { await onReady($0.localAddress?.port ?? 0) })
    let services = ServiceGroup(configuration: .init(services: [.init(service: server)], logger: quiet))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          try await services.run()
        } catch let error as IOError {
          throw CannotListen(reason: "\(Errno(rawValue: error.errnoCode))")
        }
      }
      group.addTask {
        await stop()
        guard !Task.isCancelled else { return }
        logger.info("shutting down: running calls have \(options.drainPeriod)")
        await conversations.drain(within: options.drainPeriod)
        await services.triggerGracefulShutdown()
        // A client that has not received its answer by then loses it.
        try await Task.sleep(for: Self.closingTime)
      }
      try await group.next()
      group.cancelAll()
      await conversations.drain(within: .zero)
    }
  }

  /// The error of an address that cannot be bound.
  public struct CannotListen: Error, Sendable {
    /// The reason in the system's words, such as "Address already in use".
    public let reason: String
  }

  private static let closingTime = Duration.seconds(2)

  /// The logger for Hummingbird's own messages. It shows only those of level notice and above.
  private var quiet: Logger {
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .notice)
    return quiet
  }
}
