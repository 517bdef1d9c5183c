import SystemSupport

/// An arrival over a transport.
public enum Incoming: Sendable, Hashable {
  /// One message without its framing, not yet decoded.
  case message([UInt8])
  /// One message from within this process, or one that the transport had to decode.
  case decoded(Message)
  /// A message over the transport's limit. Its bytes were counted and dropped.
  case oversized(byteCount: Int)
}

/// A two-way stream of messages between one client and one server.
public protocol Transport: Sendable {
  /// The messages of the peer, in order, for a single consumer. It finishes when the peer has no more to say
  /// or the transport is closed. Nothing is read ahead without bound: a consumer that stops makes the peer
  /// wait.
  var incoming: AsyncStream<Incoming> { get }

  /// The largest message of the peer, in bytes; nil when there is no limit. A longer one arrives as
  /// ``Incoming/oversized(byteCount:)``.
  var maximumMessageBytes: Int? { get }

  /// Queues one message and adds the framing. Messages leave in the order of the calls.
  ///
  /// The message is queued at once; after that the call waits while the queue is over its limit, so that a
  /// slow peer slows its sender. Cancelling the task ends the wait and takes nothing back.
  ///
  /// - Parameter message: One JSON text without a raw newline.
  /// - Throws: ``TransportError/closed`` when the transport is closed or the peer is gone.
  func send(_ message: [UInt8]) async throws

  /// Queues one message as ``send(_:)`` does, for a transport that answers each request on a stream of its
  /// own.
  ///
  /// - Parameter role: The message's relation to the peer's requests.
  func send(_ message: [UInt8], as role: MessageRole) async throws

  /// Says that a request of the peer gets no answer, because the peer has cancelled it.
  func dropped(_ request: RequestID) async

  /// Sends the queued messages that the peer takes within a bounded time, and lets go of the peer. A second
  /// call does nothing.
  func close() async

  /// Returns when the peer cannot be written to any more, or when the task is cancelled. A transport that
  /// cannot tell waits for the cancellation.
  func outputClosed() async

  /// The reason why the peer is gone, to follow "The server", such as "exited with status 3"; nil when there
  /// is none. Ask after ``incoming`` has finished.
  func endOfPeer() async -> String?
}

extension Transport {
  public var maximumMessageBytes: Int? { nil }

  public func send(_ message: [UInt8], as role: MessageRole) async throws { try await send(message) }

  public func dropped(_ request: RequestID) async {}

  public func outputClosed() async { await Gate(isOpen: false).pass() }

  public func endOfPeer() async -> String? { nil }
}

/// A failure of the transport itself.
public enum TransportError: Error, Sendable, Hashable {
  /// The transport is closed, or nobody reads the sent messages any more.
  case closed
  /// The peer's process could not be started. The sentence gives the reason.
  case launchFailed(String)
}

extension TransportError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .closed: "The connection is closed."
    case .launchFailed(let sentence): sentence
    }
  }
}

/// The relation of a sent message to its receiver's requests. Transports with one stream for all need not
/// know it.
public enum MessageRole: Sendable, Hashable {
  /// The message belongs to no request.
  case unrelated
  /// The message is sent while the request is in work.
  case during(RequestID)
  /// The message ends the request.
  ///
  /// - Parameters:
  ///   - error: The request's error, if it failed.
  ///   - revision: The revision that the answer to `initialize` agrees on.
  case answer(RequestID, error: RPCError? = nil, revision: Revision? = nil)
}
