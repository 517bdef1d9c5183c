internal import Hummingbird
internal import NIOCore

/// What Hummingbird tells of a request beside the request.
struct HTTPContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }

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
