internal import NIOCore

/// The connection on which a request came.
struct HTTPContext: Sendable {
  let channel: any Channel

  /// Tells when the client is gone.
  func watch() async throws -> ClientWatch {
    try await channel.eventLoop.submit { [channel] in
      try channel.pipeline.syncOperations.handler(type: ClientWatchHandler.self).watch
    }.get()
  }

  /// Closes the connection when the time is over, unless that is cancelled before.
  @discardableResult
  func closeChannel(in time: Duration) -> Scheduled<Void> {
    channel.eventLoop.scheduleTask(in: TimeAmount(time)) { [channel] in channel.close(promise: nil) }
  }
}
