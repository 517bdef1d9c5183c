internal import HTTPTypes
internal import HummingbirdCore
public import Logging
internal import MCP
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle
internal import SystemPackage
internal import SystemSupport

/// An MCP server over Streamable HTTP, for all revisions at once: sessions for clients that begin with `initialize`,
/// single requests for those of 2026-07-28.
public struct StreamableHTTPServer: Sendable {
  private let options: HTTPServerOptions
  private let make: ConversationMaker
  private let logger: Logger

  public init(options: HTTPServerOptions, logger: Logger, make: @escaping ConversationMaker) {
    self.options = options
    self.logger = logger
    self.make = make
  }

  /// Serves until the task is cancelled or `stop` returns; then begins nothing new, lets running calls end within
  /// ``HTTPServerOptions/drainPeriod``, and ends everything.
  ///
  /// - Parameters:
  ///   - onReady: Called with the port once clients can connect.
  ///   - stop: Returns when the server is to end.
  /// - Throws: ``CannotListen``.
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
        // What a client does not take by now is lost.
        try await Task.sleep(for: Self.closingTime)
      }
      try await group.next()
      group.cancelAll()
      await conversations.drain(within: .zero)
    }
  }

  /// The address cannot be bound.
  public struct CannotListen: Error, Sendable {
    /// In the system's words.
    public let reason: String
  }

  private static let closingTime = Duration.seconds(2)

  /// Hummingbird's own messages are for those who look for them.
  private var quiet: Logger {
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .notice)
    return quiet
  }
}
