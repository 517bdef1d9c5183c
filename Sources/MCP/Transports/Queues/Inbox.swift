import DequeModule
import Synchronization

/// Messages on their way to a single consumer, in order. It does not refuse any: the producer asks for room.
final class Inbox: Sendable {
  private struct State {
    var messages: Deque<Incoming> = []
    var byteCount = 0
    var isFinished = false
    var framer: LineFramer
    var consumer: CheckedContinuation<Incoming?, Never>?
  }

  /// Open while another message may be put in.
  let room = Gate(isOpen: true)
  /// Open when nothing can be put in any more.
  let finished = Gate(isOpen: false)
  private let limit: Int
  private let onRoom: @Sendable () -> Void
  private let state: Mutex<State>

  /// - Parameters:
  ///   - maximumMessageBytes: For bytes that are framed here.
  ///   - limit: Bytes of waiting messages beyond which there is no room.
  ///   - onRoom: Called when there is room again; after the end there always is, for what comes is dropped.
  init(maximumMessageBytes: Int = .max - 1, limit: Int, onRoom: @escaping @Sendable () -> Void = {}) {
    self.limit = limit
    self.onRoom = onRoom
    state = Mutex(State(framer: LineFramer(maximumMessageBytes: maximumMessageBytes)))
  }

  /// A stream that takes from this inbox only when asked for the next message.
  var stream: AsyncStream<Incoming> { AsyncStream { await self.next() } }

  /// - Returns: false when the inbox is finished and the message is lost.
  @discardableResult
  func put(_ message: Incoming) -> Bool {
    state.withLock { state in
      guard !state.isFinished else { return false }
      deliver(message, &state)
      return true
    }
  }

  /// No more messages will come; those inside are still delivered.
  func finish() {
    state.withLock { state in
      guard !state.isFinished else { return }
      if let last = state.framer.finish() { deliver(last, &state) }
      state.isFinished = true
      state.consumer.take()?.resume(returning: nil)
      room.open()
      finished.open()
    }
    onRoom()
  }

  private func deliver(_ message: Incoming, _ state: inout State) {
    if let consumer = state.consumer.take() {
      consumer.resume(returning: message)
    } else {
      state.messages.append(message)
      state.byteCount += message.weight
      if state.byteCount > limit { room.shut() }
    }
  }

  /// The next message; nil at the end, or when the task is cancelled.
  private func next() async -> Incoming? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let hasRoomAgain = state.withLock { state in
          if let message = state.messages.popFirst() {
            continuation.resume(returning: message)
            return gainsRoom(losing: message, &state)
          }
          if state.isFinished || Task.isCancelled {
            continuation.resume(returning: nil)
          } else {
            state.consumer = continuation
          }
          return false
        }
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
    state.withLock { state in
      guard !state.isFinished else { return }
      for message in state.framer.push(bytes) { deliver(message, &state) }
    }
  }
}

extension Incoming {
  /// What a message costs in the inbox: its bytes and a share for the place it takes.
  fileprivate var weight: Int {
    switch self {
    case .message(let bytes): bytes.count + 64
    case .oversized: 64
    }
  }
}
