internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// A response whose body is read piece by piece while it comes.
struct ClientResponse: Sendable {
  let status: HTTPResponseStatus
  let headers: HTTPHeaders
  let body: Body

  /// - Parameters:
  ///   - release: Called once, when no more is read; with true when the connection can serve another request.
  ///   - next: Reads the next part of this response.
  init(
    _ head: HTTPResponseHead, release: @escaping @Sendable (Bool) -> Void,
    next: @escaping @Sendable () async throws -> HTTPClientResponsePart
  ) {
    status = head.status
    headers = head.headers
    body = Body(lease: Lease(isKeptAlive: head.isKeepAlive, release: release), nextPart: next)
  }

  /// The body's bytes, piece by piece. It can be read once.
  struct Body: AsyncSequence, AsyncIteratorProtocol, Sendable {
    fileprivate let lease: Lease
    fileprivate let nextPart: @Sendable () async throws -> HTTPClientResponsePart

    func makeAsyncIterator() -> Body { self }

    func next() async throws -> ByteBuffer? {
      switch try await nextPart() {
      case .body(let bytes): return bytes
      case .end:
        lease.end()
        return nil
      case .head: throw ResponseReader.Closed()
      }
    }
  }
}

/// The use of a connection by one response. A response that is given up before its end closes the connection.
private final class Lease: Sendable {
  private let isKeptAlive: Bool
  /// Guards the call from the task that reads to the end and the thread that drops the response: only one makes it.
  private let release: Mutex<(@Sendable (Bool) -> Void)?>

  init(isKeptAlive: Bool, release: @escaping @Sendable (Bool) -> Void) {
    self.isKeptAlive = isKeptAlive
    self.release = Mutex(release)
  }

  deinit { take()?(false) }

  func end() { take()?(isKeptAlive) }

  private func take() -> (@Sendable (Bool) -> Void)? {
    release.withLock { release in
      defer { release = nil }
      return release
    }
  }
}
