import Synchronization
import SystemPackage
import SystemSupport

/// Reads a descriptor on a thread of its own, as fast as its sink has room. It ends at the end of the bytes
/// or when it is told to stop. The lock guards the phase from the thread and the callers that change it.
final class DescriptorReader: Sendable {
  private enum Phase {
    case reading
    /// The thread reads the bytes that are there, and stops when none come for a moment.
    case finishing
    case stopped
  }

  /// The time that ``finishSoon()`` waits for more. An ended process has its bytes in the pipe, so the time
  /// is for others that hold the pipe open.
  private static let quietMilliseconds: Int32 = 100

  let ended = Gate(isOpen: false)
  private let descriptor: FileDescriptor
  private let closesDescriptor: Bool
  private let sink: any ByteSink
  private let wake: WakePipe
  private let phase = Mutex(Phase.reading)

  /// - Parameters:
  ///   - closesDescriptor: True when the descriptor is the reader's own, to be closed at the end.
  ///   - wake: The pipe that the consumer wakes when it makes room in the sink.
  init(_ descriptor: FileDescriptor, closesDescriptor: Bool, sink: any ByteSink, wake: WakePipe) {
    self.descriptor = descriptor
    self.closesDescriptor = closesDescriptor
    self.sink = sink
    self.wake = wake
  }

  func start() {
    do throws(Errno) {
      try OwnedThread.start { self.run() }
    } catch {
      end()
    }
  }

  func stop() { enter(.stopped) }

  func finishSoon() { enter(.finishing) }

  private func enter(_ phase: Phase) {
    self.phase.withLock { if $0 != .stopped { $0 = phase } }
    wake.wake()
  }

  private func run() {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      while case let phase = self.phase.withLock({ $0 }), phase != .stopped {
        guard sink.hasRoom else {
          _ = Readiness.wait(for: [], of: nil, or: wake)
          continue
        }
        let patience = phase == .finishing ? Self.quietMilliseconds : nil
        let (found, woken) = Readiness.wait(for: .readable, of: descriptor, or: wake, milliseconds: patience)
        if found.isEmpty {
          if woken { continue } else { break }
        }
        guard let count = readSome(into: buffer), count > 0 else { break }
        sink.take(UnsafeBufferPointer(rebasing: buffer.bindMemory(to: UInt8.self)[..<count]))
      }
    }
    end()
  }

  /// - Returns: The number of bytes; nil when the descriptor cannot be read. A terminal that is gone gives an
  ///   error, not an end.
  private func readSome(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    while true {
      do {
        return try descriptor.read(into: buffer)
      } catch Errno.resourceTemporarilyUnavailable {
        _ = Readiness.wait(for: .readable, of: descriptor, or: wake)
        if phase.withLock({ $0 }) == .stopped { return nil }
      } catch {
        return nil
      }
    }
  }

  private func end() {
    if closesDescriptor { try? descriptor.close() }
    sink.finish()
    ended.open()
  }
}

/// The receiver of the bytes that a ``DescriptorReader`` reads.
protocol ByteSink: Sendable {
  /// True when more may be read now. The consumer that makes room wakes the reader.
  var hasRoom: Bool { get }
  func take(_ bytes: UnsafeBufferPointer<UInt8>)
  func finish()
}

/// Hands bytes on as they come.
struct ForwardingSink: ByteSink {
  let forward: @Sendable ([UInt8]) -> Void
  var hasRoom: Bool { true }
  func take(_ bytes: UnsafeBufferPointer<UInt8>) { forward(Array(bytes)) }
  func finish() {}
}

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
