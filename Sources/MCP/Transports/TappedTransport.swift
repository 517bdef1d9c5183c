/// The way of a message, seen from the side that holds the transport.
public enum Direction: String, Sendable, Hashable, CaseIterable {
  case sent, received
}

/// A transport that shows every message to an observer as raw bytes, before it is decoded.
///
/// A sent message is shown before it is handed on, a received one before its consumer gets it. So the
/// observer never sees a response before its request. Messages over the transport's limit are not shown,
/// because their bytes are gone.
public struct TappedTransport: Transport {
  private let base: any Transport
  private let tap: @Sendable (Direction, [UInt8]) -> Void
  public let incoming: AsyncStream<Incoming>

  /// - Parameters:
  ///   - room: waits until the consumer may have another message. So a flood makes the peer wait, and memory does
  ///     not grow. Nil never waits.
  ///   - tap: the observer, called on the sender's or consumer's task; it must not block.
  public init(
    _ base: any Transport, room: (@Sendable () async -> Void)? = nil,
    tap: @escaping @Sendable (Direction, [UInt8]) -> Void
  ) {
    self.base = base
    self.tap = tap
    let source = SingleConsumer(base.incoming)
    incoming = AsyncStream {
      await room?()
      let next = await source.next()
      switch next {
      case .message(let bytes)?: tap(.received, bytes)
      case .decoded(let message)?: tap(.received, message.json.encoded)
      case .oversized?, nil: break
      }
      return next
    }
  }

  public var maximumMessageBytes: Int? { base.maximumMessageBytes }

  public func send(_ message: [UInt8]) async throws {
    tap(.sent, message)
    try await base.send(message)
  }

  public func close() async { await base.close() }

  public func outputClosed() async { await base.outputClosed() }

  public func endOfPeer() async -> String? { await base.endOfPeer() }
}

/// The check is off because `incoming` has a single consumer: `next()` is never called twice at once.
private final class SingleConsumer: @unchecked Sendable {
  private var iterator: AsyncStream<Incoming>.AsyncIterator

  init(_ stream: AsyncStream<Incoming>) {
    iterator = stream.makeAsyncIterator()
  }

  func next() async -> Incoming? { await iterator.next() }
}
