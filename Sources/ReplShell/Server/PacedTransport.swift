import MCP

/// A transport that takes its peer's next message only when the face has caught up. So a flood makes the
/// server wait, and this program's memory does not grow.
struct PacedTransport: Transport {
  private let base: any Transport
  let incoming: AsyncStream<Incoming>

  init(_ base: any Transport, room: @escaping @Sendable () async -> Void) {
    self.base = base
    let source = Source(base.incoming)
    incoming = AsyncStream {
      await room()
      return await source.next()
    }
  }

  var maximumMessageBytes: Int? { base.maximumMessageBytes }

  func send(_ message: [UInt8]) async throws { try await base.send(message) }
  func close() async { await base.close() }
  func outputClosed() async { await base.outputClosed() }
  func endOfPeer() async -> String? { await base.endOfPeer() }

  /// The check is off because `incoming` has a single consumer: `next()` is never called twice at once.
  private final class Source: @unchecked Sendable {
    private var iterator: AsyncStream<Incoming>.AsyncIterator

    init(_ stream: AsyncStream<Incoming>) { iterator = stream.makeAsyncIterator() }

    func next() async -> Incoming? { await iterator.next() }
  }
}
