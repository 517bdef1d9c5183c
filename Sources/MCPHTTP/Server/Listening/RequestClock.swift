internal import NIOCore

/// Ends a connection whose client takes too long with any request's headers or body.
///
/// It is used on the connection's event loop only.
final class RequestClock {
  private let patience: TimeAmount
  private let channel: any Channel
  private var overdue: Scheduled<Void>?
  /// The number of requests that have begun and are not answered to the end.
  private var unanswered = 0
  private var isReading = false
  /// True when bytes of a further request have come while one was in work.
  private var hasMore = false

  /// Starts the clock for the headers of the first request.
  init(patience: TimeAmount, channel: any Channel) {
    self.patience = patience
    self.channel = channel
    restart()
  }

  private func restart() {
    overdue?.cancel()
    overdue = channel.eventLoop.scheduleTask(in: patience) { [channel] in channel.close(promise: nil) }
  }

  func stop() {
    overdue?.cancel()
    overdue = nil
  }

  /// Notes that bytes came which may be the beginning of a request.
  func bytesCame() {
    guard !isReading, overdue == nil else { return }
    // A client that sends ahead waits for the server, so its time does not run.
    if unanswered > 0 { hasMore = true } else { restart() }
  }

  func requestBegan() {
    unanswered += 1
    isReading = true
    hasMore = false
    restart()
  }

  /// Notes that the body of the request is whole.
  func requestEnded() {
    isReading = false
    stop()
  }

  func answerEnded() {
    unanswered -= 1
    guard hasMore, unanswered == 0, !isReading else { return }
    hasMore = false
    restart()
  }
}

/// Tells the clock when bytes come, before they are a request.
final class BytesWatchHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  private let clock: RequestClock

  init(_ clock: RequestClock) {
    self.clock = clock
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    clock.bytesCame()
    context.fireChannelRead(data)
  }
}

@available(*, unavailable)
extension RequestClock: Sendable {}

@available(*, unavailable)
extension BytesWatchHandler: Sendable {}
