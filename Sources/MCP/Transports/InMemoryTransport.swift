import SystemSupport

/// One end of a pair of transports within one process: for tests, and for a client and a server in one
/// program.
public struct InMemoryTransport: Transport {
  private let own: Inbox
  private let peers: Inbox
  public let incoming: AsyncStream<Incoming>

  private init(own: Inbox, peers: Inbox) {
    self.own = own
    self.peers = peers
    incoming = own.stream
  }

  /// Makes two ends that are connected to each other.
  ///
  /// - Parameter limit: The bytes that may wait in one direction before ``send(_:)`` suspends.
  public static func pair(limit: Int = 1 << 20) -> (client: InMemoryTransport, server: InMemoryTransport) {
    let toClient = Inbox(limit: limit)
    let toServer = Inbox(limit: limit)
    return (
      InMemoryTransport(own: toClient, peers: toServer), InMemoryTransport(own: toServer, peers: toClient)
    )
  }

  public func send(_ message: [UInt8]) async throws {
    guard peers.put(.message(message)) else { throw TransportError.closed }
    await peers.room.pass()
  }

  /// Says that this end sends no more, like the end of standard input; it can still receive.
  public func finishSending() { peers.finish() }

  public func close() async {
    peers.finish()
    own.finish()
  }

  public func outputClosed() async { await peers.finished.pass() }
}
