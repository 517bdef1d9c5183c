internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypesHTTP1

/// Takes the host of a request from its target where that has one, whatever the header says (RFC 9112, 3.2.2).
/// Everything behind it sees the path alone, so it stands before what makes that.
final class TargetHostHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  /// - Parameter pipeline: the one of a new connection, with its HTTP handlers.
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
