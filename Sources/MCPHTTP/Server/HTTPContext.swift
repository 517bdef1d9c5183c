internal import NIOCore

/// The connection on which a request came.
struct HTTPContext: Sendable {
  let channel: any Channel

  /// The watch that tells when the client is gone.
  func watch() async throws -> ClientWatch {
    try await channel.eventLoop.submit { [channel] in
      try channel.pipeline.syncOperations.handler(type: ClientWatchHandler.self).watch
    }.get()
  }

  /// Throws when the last response on this connection has been sent, since bytes that follow are no request.
  func checkIsOpen() async throws {
    let isClosing = try await channel.eventLoop.submit { [channel] in
      try channel.pipeline.syncOperations.handler(type: ClosingHandler.self).isClosing
    }.get()
    guard isClosing else { return }
    try? await channel.closeFuture.get()
    throw ChannelError.alreadyClosed
  }

  /// Closes the connection when the time is over, unless the caller cancels it before.
  func closeChannel(in time: Duration) -> Scheduled<Void> {
    channel.eventLoop.scheduleTask(in: TimeAmount(time)) { [channel] in channel.close(promise: nil) }
  }
}
