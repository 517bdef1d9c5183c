import DequeModule
import Synchronization
package import SystemSupport

/// Messages on their way to a single consumer, in order. It refuses none: the producer must ask for room. The
/// lock guards the queue from the producer and the consumer.
package final class Inbox: Sendable {
  private struct State {
    var messages: Deque<Incoming> = []
    var byteCount = 0
    var isFinished = false
    var framer: LineFramer
    var consumer: CheckedContinuation<Incoming?, Never>?
  }

  /// The waiting consumer and its message. It is woken outside the lock: a task that cancels the consumer
  /// holds that task and asks for the lock.
  private struct Delivery {
    let consumer: CheckedContinuation<Incoming?, Never>
    let message: Incoming?

    func complete() { consumer.resume(returning: message) }
  }

  /// The gate that is open while another message may be put in.
  package let room = Gate(isOpen: true)
  /// The gate that opens when nothing can be put in any more.
  package let finished = Gate(isOpen: false)
  private let limit: Int
  private let onRoom: @Sendable () -> Void
  private let state: Mutex<State>

  /// - Parameters:
  ///   - maximumMessageBytes: The largest message, for bytes that are framed here.
  ///   - limit: The bytes of waiting messages above which there is no room.
  ///   - onRoom: Called when there is room again. After the end there always is, because later messages are
  ///     dropped.
  package init(maximumMessageBytes: Int = .max - 1, limit: Int, onRoom: @escaping @Sendable () -> Void = {}) {
    self.limit = limit
    self.onRoom = onRoom
    state = Mutex(State(framer: LineFramer(maximumMessageBytes: maximumMessageBytes)))
  }

  /// A stream that takes from this inbox only when asked for the next message.
  package var stream: AsyncStream<Incoming> { AsyncStream { await self.next() } }

  /// - Returns: false when the inbox is finished and the message is lost.
  @discardableResult
  package func put(_ message: Incoming) -> Bool {
    let (isTaken, delivery): (Bool, Delivery?) = state.withLock { state in
      guard !state.isFinished else { return (false, nil) }
      return (true, deliver(message, &state))
    }
    delivery?.complete()
    return isTaken
  }

  /// Ends the inbox: no more messages will come, but those inside are still delivered.
  package func finish() {
    let delivery: Delivery? = state.withLock { state in
      guard !state.isFinished else { return nil }
      state.isFinished = true
      let last = state.framer.finish().flatMap { deliver($0, &state) }
      return last ?? state.consumer.take().map { Delivery(consumer: $0, message: nil) }
    }
    delivery?.complete()
    room.open()
    finished.open()
    onRoom()
  }

  /// Takes the waiting consumer for the message, if one waits.
  private func deliver(_ message: Incoming, _ state: inout State) -> Delivery? {
    if let consumer = state.consumer.take() { return Delivery(consumer: consumer, message: message) }
    state.messages.append(message)
    state.byteCount += message.weight
    if state.byteCount > limit { room.shut() }
    return nil
  }

  /// Gives the next message; nil at the end, or when the task is cancelled.
  private func next() async -> Incoming? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let (delivery, hasRoomAgain): (Delivery?, Bool) = state.withLock { state in
          if let message = state.messages.popFirst() {
            return (Delivery(consumer: continuation, message: message), gainsRoom(losing: message, &state))
          }
          if state.isFinished || Task.isCancelled {
            return (Delivery(consumer: continuation, message: nil), false)
          }
          state.consumer = continuation
          return (nil, false)
        }
        delivery?.complete()
        if hasRoomAgain { onRoom() }
      }
    } onCancel: {
      state.withLock { $0.consumer.take() }?.resume(returning: nil)
    }
  }

  private func gainsRoom(losing message: Incoming, _ state: inout State) -> Bool {
    state.byteCount -= message.weight
    guard state.byteCount <= limit, !room.isOpen else { return false }
    room.open()
    return true
  }
}

extension Inbox: ByteSink {
  var hasRoom: Bool { room.isOpen }

  func take(_ bytes: UnsafeBufferPointer<UInt8>) {
    let delivery: Delivery? = state.withLock { state in
      guard !state.isFinished else { return nil }
      var delivery: Delivery?
      for message in state.framer.push(bytes) { delivery = deliver(message, &state) ?? delivery }
      return delivery
    }
    delivery?.complete()
  }
}

extension Incoming {
  /// The cost of a message in the inbox: its bytes and a share for the place it takes.
  fileprivate var weight: Int {
    switch self {
    case .message(let bytes): bytes.count + 64
    case .decoded, .oversized: 64
    }
  }
}

/// Cuts a stream of bytes into messages, one a line (stdio transport, all revisions). The type is pure.
///
/// `\r\n` is tolerated as an end of line and blank lines are skipped. A line over the limit is counted and
/// dropped; the next newline begins a good line again.
public struct LineFramer: Sendable {
  /// The largest message in bytes, without its end of line.
  public let maximumMessageBytes: Int
  private var line: [UInt8] = []
  /// The bytes of a line that is being dropped.
  private var droppedBytes = 0
  private var lastDroppedByte: UInt8 = 0
  /// The bytes in memory of the line that has not ended.
  var storedByteCount: Int { line.count }

  public init(maximumMessageBytes: Int) {
    self.maximumMessageBytes = max(1, maximumMessageBytes)
  }

  /// Takes the next bytes of the stream, cut anywhere.
  ///
  /// - Returns: The messages that these bytes complete, in order.
  public mutating func push(_ bytes: some Sequence<UInt8>) -> [Incoming] {
    var completed: [Incoming] = []
    if bytes.withContiguousStorageIfAvailable({ push($0, into: &completed) }) == nil {
      Array(bytes).withUnsafeBufferPointer { push($0, into: &completed) }
    }
    return completed
  }

  /// Takes the end of the stream.
  ///
  /// - Returns: The last line, if it had no newline.
  public mutating func finish() -> Incoming? { endLine() }

  private mutating func push(_ bytes: UnsafeBufferPointer<UInt8>, into completed: inout [Incoming]) {
    var rest = bytes[...]
    while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
      append(rest[..<newline])
      if let incoming = endLine() { completed.append(incoming) }
      rest = rest[(newline + 1)...]
    }
    append(rest)
  }

  private mutating func append(_ part: Slice<UnsafeBufferPointer<UInt8>>) {
    // The limit is one byte more here, because that byte may be the "\r" of the line's end.
    if droppedBytes == 0, line.count + part.count <= maximumMessageBytes + 1 {
      line.append(contentsOf: part)
    } else {
      droppedBytes += line.count + part.count
      lastDroppedByte = part.last ?? lastDroppedByte
      line = []
    }
  }

  private mutating func endLine() -> Incoming? {
    defer {
      line = []
      droppedBytes = 0
    }
    let carriageReturn = UInt8(ascii: "\r")
    guard droppedBytes == 0 else {
      return .oversized(byteCount: droppedBytes - (lastDroppedByte == carriageReturn ? 1 : 0))
    }
    if line.last == carriageReturn { line.removeLast() }
    if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { return nil }
    return line.count > maximumMessageBytes ? .oversized(byteCount: line.count) : .message(line)
  }
}
