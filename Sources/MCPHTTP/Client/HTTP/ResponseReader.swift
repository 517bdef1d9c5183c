internal import DequeModule
internal import NIOCore
internal import NIOHTTP1

/// Hands out the parts of responses one by one, and reads no faster than they are asked for.
final class ResponseReader: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private var parts: Deque<HTTPClientResponsePart> = []
  private var waiting: EventLoopPromise<HTTPClientResponsePart>?
  private var context: ChannelHandlerContext?
  private var failure: (any Error)?

  /// The connection ended before the response did.
  struct Closed: Error {}

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    end(Closed())
    self.context = nil
  }

  /// Gives the next part. It must not be called again before that part has come.
  func next(on eventLoop: any EventLoop) -> EventLoopFuture<HTTPClientResponsePart> {
    if let part = parts.popFirst() { return eventLoop.makeSucceededFuture(part) }
    guard failure == nil, waiting == nil, let context else {
      return eventLoop.makeFailedFuture(failure ?? Closed())
    }
    let promise = eventLoop.makePromise(of: HTTPClientResponsePart.self)
    waiting = promise
    context.read()
    return promise.futureResult
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    guard let promise = waiting else { return parts.append(part) }
    waiting = nil
    promise.succeed(part)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // The bytes that came may have been no whole part.
    if waiting != nil { context.read() }
    context.fireChannelReadComplete()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(Closed())
    context.fireChannelInactive()
  }

  private func end(_ error: any Error) {
    failure = failure ?? error
    waiting?.fail(error)
    waiting = nil
  }
}

@available(*, unavailable)
extension ResponseReader: Sendable {}
