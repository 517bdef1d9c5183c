internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypesHTTP1

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
