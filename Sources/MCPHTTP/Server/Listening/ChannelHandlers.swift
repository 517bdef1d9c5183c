internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1

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

/// Takes the host of a request from its target if the target has one, and ignores the header then (RFC 9112, 3.2.2).
///
/// The next handler keeps only the path of the target, so this one has to stand before it.
final class TargetHostHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  /// Adds a handler before the one that turns the target into a path.
  ///
  /// - Parameter pipeline: The pipeline of a new connection, with its HTTP handlers.
  static func add(to pipeline: ChannelPipeline.SynchronousOperations) throws {
    let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
    try pipeline.addHandler(TargetHostHandler(), position: .before(codec))
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data), let host = HostName.text(inTarget: head.uri),
      head.headers["Host"].count == 1
    else { return context.fireChannelRead(data) }
    head.headers.replaceOrAdd(name: "Host", value: host)
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }
}

@available(*, unavailable)
extension TargetHostHandler: Sendable {}

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
