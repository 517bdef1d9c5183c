internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Ends a connection after a response that says so: nothing that follows on it is a request (RFC 9112, 9.6).
///
/// A client that is still sending gets some time to read the response first.
final class ClosingHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private enum State {
    case open
    /// The head of a response said that the connection ends; its body is still being sent.
    case announced
    case closing
  }

  private let patience: TimeAmount
  private var state = State.open

  /// - Parameter patience: The time that the client may take to close its side.
  init(patience: TimeAmount) {
    self.patience = patience
  }

  var isClosing: Bool { state == .closing }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head) where head.headerFields[.connection] == "close": state = .announced
    case .end where state == .announced: return end(context, data, promise)
    default: break
    }
    context.write(data, promise: promise)
  }

  private func end(_ context: ChannelHandlerContext, _ data: NIOAny, _ promise: EventLoopPromise<Void>?) {
    state = .closing
    let channel = context.channel
    let written = promise ?? context.eventLoop.makePromise()
    written.futureResult.whenComplete { _ in channel.close(mode: .output, promise: nil) }
    context.writeAndFlush(data, promise: written)
    let overdue = context.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
    channel.closeFuture.whenComplete { _ in overdue.cancel() }
    context.read()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if !isClosing { context.fireChannelRead(data) }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // No other handler asks for more bytes, and these are thrown away.
    if isClosing { context.read() } else { context.fireChannelReadComplete() }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if !isClosing { context.fireErrorCaught(error) }
  }
}

@available(*, unavailable)
extension ClosingHandler: Sendable {}
