import Synchronization
import SystemPackage
import SystemSupport

/// Writes queued messages to a descriptor on a thread of its own. Messages that gather during a write go out
/// together in the next one. The lock guards the queue from the senders' tasks and the thread.
final class DescriptorWriter: Sendable {
  private struct State {
    var queue: [UInt8] = []
    var isAsleep = false
    var isClosing = false
    /// True when the queue is not worth writing any more: the peer is gone or has no time left.
    var isAborted = false
  }

  /// The gate that opens when the thread has ended: nothing can be written any more.
  let ended = Gate(isOpen: false)
  private let room = Gate(isOpen: true)
  private let descriptor: FileDescriptor
  private let closesDescriptor: Bool
  private let limit: Int
  private let wake: WakePipe
  private let state = Mutex(State())

  /// - Parameters:
  ///   - closesDescriptor: True when the descriptor is the writer's own, to be closed at the end.
  ///   - limit: The bytes in the queue above which ``send(_:)`` waits.
  init(_ descriptor: FileDescriptor, closesDescriptor: Bool, limit: Int = 1 << 20) throws {
    self.descriptor = descriptor
    self.closesDescriptor = closesDescriptor
    self.limit = limit
    wake = try WakePipe()
  }

  func start() {
    do throws(Errno) {
      try OwnedThread.start { self.run() }
    } catch {
      end()
    }
  }

  /// Queues the message and a newline, then waits while the queue is over its limit.
  func send(_ message: [UInt8]) async throws {
    let wasAsleep = try state.withLock { state throws(TransportError) in
      guard !state.isClosing, !state.isAborted else { throw .closed }
      state.queue.append(contentsOf: message)
      state.queue.append(UInt8(ascii: "\n"))
      if state.queue.count > limit { room.shut() }
      defer { state.isAsleep = false }
      return state.isAsleep
    }
    if wasAsleep { wake.wake() }
    await room.pass()
  }

  /// Writes the queue, as far as the peer takes it within the time, and ends. A cancelled task gets the same
  /// time.
  func close(within time: Duration) async {
    state.withLock { $0.isClosing = true }
    wake.wake()
    await Task {
      _ = await ended.passes(within: time)
      abort()
      await ended.pass()
    }.value
  }

  func abort() {
    state.withLock { $0.isAborted = true }
    wake.wake()
  }

  private func run() {
    while let batch = nextBatch() {
      if batch.isEmpty {
        let (found, _) = Readiness.wait(for: [], of: descriptor, or: wake)
        if !found.isDisjoint(with: .gone) { break }
      } else if !write(batch) {
        break
      }
    }
    end()
  }

  /// - Returns: All queued bytes; empty when the thread should sleep; nil when it should end.
  private func nextBatch() -> [UInt8]? {
    state.withLock { state in
      if state.isAborted || (state.isClosing && state.queue.isEmpty) { return nil }
      state.isAsleep = state.queue.isEmpty
      defer { state.queue = [] }
      room.open()
      return state.queue
    }
  }

  /// Writes pieces that a pipe with any room takes whole (PIPE_BUF). So a blocking descriptor does not block,
  /// and the thread can still be told to abort.
  private func write(_ batch: [UInt8]) -> Bool {
    var rest = batch[...]
    while !rest.isEmpty {
      if state.withLock({ $0.isAborted }) { return false }
      let (found, _) = Readiness.wait(for: .writable, of: descriptor, or: wake)
      guard found.contains(.writable) else {
        if found.isDisjoint(with: .gone) { continue }
        return false
      }
      do {
        let count = try rest.prefix(4096).withUnsafeBytes { try descriptor.write($0) }
        rest = rest.dropFirst(count)
      } catch Errno.resourceTemporarilyUnavailable {
        continue
      } catch {
        return false
      }
    }
    return true
  }

  private func end() {
    state.withLock { state in
      state.isAborted = true
      state.queue = []
    }
    if closesDescriptor { try? descriptor.close() }
    room.open()
    ended.open()
  }
}
