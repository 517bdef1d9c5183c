internal import COpenSSL
internal import NIOCore

/// The client's end of TLS on a channel, by OpenSSL: it decrypts what comes in and encrypts what goes out.
final class TLSHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let recordBytes = 16 << 10

  private let client: OpaquePointer
  private let handshake: EventLoopPromise<Void>
  private var state = State.connecting

  private enum State { case connecting, open, closed }

  /// - Parameters:
  ///   - host: The name or IP address that the server's certificate must be for.
  ///   - handshake: Succeeds once bytes may be sent.
  /// - Throws: ``TLSFailure`` when OpenSSL cannot be set up.
  init(host: String, handshake: EventLoopPromise<Void>) throws {
    guard let client = co_client_make(host) else {
      throw TLSFailure(reason: "TLS cannot be set up for '\(host)'")
    }
    self.client = client
    self.handshake = handshake
  }

  deinit { co_client_free(client) }

  func channelActive(context: ChannelHandlerContext) {
    proceed(context)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    let isTaken = bytes.withUnsafeReadableBytes { raw in
      raw.bindMemory(to: UInt8.self).baseAddress.map { co_client_put(client, $0, raw.count) } ?? true
    }
    guard isTaken else { return fail(context, TLSFailure(reason: "memory is short")) }
    if state == .connecting { proceed(context) }
    if state == .open { decrypt(context) }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // Nobody else reads before the connection is open.
    if state == .connecting { context.read() }
    context.fireChannelReadComplete()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let bytes = unwrapOutboundIn(data)
    let status = bytes.withUnsafeReadableBytes { raw in
      guard raw.count > 0, let start = raw.bindMemory(to: UInt8.self).baseAddress else { return CO_DONE }
      return co_client_write(client, start, raw.count)
    }
    guard status == CO_DONE else {
      promise?.fail(failure)
      return fail(context, failure)
    }
    send(context, promise)
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    if state == .open {
      co_client_close(client)
      send(context, nil)
      context.flush()
    }
    state = .closed
    context.close(mode: mode, promise: promise)
  }

  func channelInactive(context: ChannelHandlerContext) {
    switch state {
    case .connecting: handshake.fail(TLSFailure(reason: "it closed the connection"))
    // Somebody on the way may have cut a connection that ends without TLS's announcement.
    case .open: context.fireErrorCaught(TLSFailure(reason: "the connection was cut"))
    case .closed: break
    }
    state = .closed
    context.fireChannelInactive()
  }

  private func proceed(_ context: ChannelHandlerContext) {
    let status = co_client_handshake(client)
    send(context, nil)
    context.flush()
    switch status {
    case CO_DONE:
      state = .open
      handshake.succeed()
    case CO_WAITING: context.read()
    default:
      let failure = failure
      handshake.fail(failure)
      fail(context, failure)
    }
  }

  private func decrypt(_ context: ChannelHandlerContext) {
    while true {
      var plain = context.channel.allocator.buffer(capacity: Self.recordBytes)
      var length = 0
      let status = plain.withUnsafeMutableWritableBytes { raw in
        raw.bindMemory(to: UInt8.self).baseAddress.map { co_client_read(client, $0, raw.count, &length) }
          ?? CO_WAITING
      }
      switch status {
      case CO_DONE:
        plain.moveWriterIndex(forwardBy: length)
        context.fireChannelRead(wrapInboundOut(plain))
      case CO_WAITING:
        return
      case CO_CLOSED:
        state = .closed
        return context.close(promise: nil)
      default:
        return fail(context, failure)
      }
    }
  }

  /// Passes on what OpenSSL has for the server.
  private func send(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
    var all = context.channel.allocator.buffer(capacity: Self.recordBytes)
    while true {
      let count = all.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.recordBytes) { raw in
        raw.bindMemory(to: UInt8.self).baseAddress.map { co_client_take(client, $0, raw.count) } ?? 0
      }
      if count == 0 { break }
    }
    context.write(wrapOutboundOut(all), promise: promise)
  }

  private func fail(_ context: ChannelHandlerContext, _ error: TLSFailure) {
    state = .closed
    context.fireErrorCaught(error)
    context.close(promise: nil)
  }

  private var failure: TLSFailure {
    let bytes = [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
      buffer.withMemoryRebound(to: CChar.self) { text in
        if let start = text.baseAddress { co_client_reason(client, start, text.count) }
      }
      count = buffer.firstIndex(of: 0) ?? 0
    }
    return TLSFailure(reason: String(decoding: bytes, as: UTF8.self))
  }
}

@available(*, unavailable)
extension TLSHandler: Sendable {}

/// TLS with a server failed.
struct TLSFailure: Error, CustomStringConvertible {
  /// A reason in a few words, such as "certificate has expired".
  let reason: String

  var description: String { "TLS: \(reason)" }
}
