internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// An open connection to a server, for one request after another (HTTP/1.1, RFC 9112).
struct ClientConnection: Sendable {
  /// The time that a server may take to accept a connection, with TLS.
  static let connectPatience = TimeAmount.seconds(10)

  let channel: any Channel
  private let reader: NIOLoopBound<ResponseReader>

  private init(channel: any Channel, reader: NIOLoopBound<ResponseReader>) {
    self.channel = channel
    self.reader = reader
  }

  var isOpen: Bool { channel.isActive }

  /// - Throws: `NIOConnectionError`, `ChannelError.connectTimeout`, ``TLSFailure``.
  static func open(to server: ServerAddress) async throws -> ClientConnection {
    let group = MultiThreadedEventLoopGroup.singleton
    let eventLoop = group.next()
    let secured = eventLoop.makePromise(of: Void.self)
    // A slow consumer has to hold the server back, so the channel reads only when it is asked to.
    let bootstrap = ClientBootstrap(group: eventLoop).connectTimeout(connectPatience)
      .channelOption(.autoRead, value: false).channelOption(.socketOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if server.isSecure {
            try pipeline.addHandler(TLSHandler(host: server.host, handshake: secured))
          } else {
            secured.succeed()
          }
          try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
          try pipeline.addHandler(ResponseReader())
        }
      }
    let channel: any Channel
    do {
      channel = try await bootstrap.connect(host: server.host, port: server.port).get()
    } catch {
      secured.fail(error)
      throw error
    }
    let overdue = eventLoop.scheduleTask(in: connectPatience) {
      secured.fail(ChannelError.connectTimeout(connectPatience))
    }
    defer { overdue.cancel() }
    do {
      try await secured.futureResult.get()
    } catch {
      channel.close(promise: nil)
      throw error
    }
    let reader = try await eventLoop.submit {
      NIOLoopBound(
        try channel.pipeline.syncOperations.handler(type: ResponseReader.self), eventLoop: eventLoop)
    }.get()
    return ClientConnection(channel: channel, reader: reader)
  }

  /// Sends a whole request.
  func send(_ head: HTTPRequestHead, body: [UInt8]) async throws {
    channel.write(HTTPClientRequestPart.head(head), promise: nil)
    if !body.isEmpty {
      let buffer = channel.allocator.buffer(bytes: body)
      channel.write(HTTPClientRequestPart.body(.byteBuffer(buffer)), promise: nil)
    }
    try await channel.writeAndFlush(HTTPClientRequestPart.end(nil)).get()
  }

  /// Waits for the next part of the response. A cancelled task closes the connection.
  func next() async throws -> HTTPClientResponsePart {
    try await withTaskCancellationHandler {
      try await channel.eventLoop.flatSubmit { [reader, channel] in
        reader.value.next(on: channel.eventLoop)
      }.get()
    } onCancel: {
      close()
    }
  }

  func close() { channel.close(promise: nil) }
}

/// The place that a URL names: one TCP endpoint, with or without TLS.
struct ServerAddress: Sendable, Hashable {
  let host: String
  let port: Int
  let isSecure: Bool

  /// The value of the `Host` header (RFC 9110, 7.2).
  var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }
}
