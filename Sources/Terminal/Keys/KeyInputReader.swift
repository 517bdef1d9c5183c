import CTerminal
import Repl
import Synchronization
import SystemPackage
import SystemSupport

/// The thread's side of ``KeyInput``.
final class KeyInputReader: Sendable {
  private struct State {
    var isStopping = false
    var hasStopped = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let terminal: FileDescriptor
  private let milliseconds: Int32
  private let continuation: AsyncStream<KeyInput.Event>.Continuation
  private let wake: WakePipe
  private let signals: WakePipe
  private let state = Mutex(State())

  init(
    terminal: FileDescriptor, milliseconds: Int32, continuation: AsyncStream<KeyInput.Event>.Continuation
  ) throws {
    self.terminal = terminal
    self.milliseconds = milliseconds
    self.continuation = continuation
    wake = try WakePipe()
    signals = try WakePipe()
    ct_signals_watch(signals.writeEnd.rawValue)
  }

  deinit {
    ct_signals_unwatch(signals.writeEnd.rawValue)
  }

  func requestStop() {
    state.withLock { $0.isStopping = true }
    wake.wake()
  }

  func stop() async {
    await withCheckedContinuation { continuation in
      let hasStopped = state.withLock { state in
        state.isStopping = true
        if !state.hasStopped { state.waiting.append(continuation) }
        return state.hasStopped
      }
      if hasStopped { continuation.resume() } else { wake.wake() }
    }
  }

  func run() {
    var decoder = KeyDecoder()
    while !state.withLock({ $0.isStopping }), step(&decoder) {}
    ct_signals_unwatch(signals.writeEnd.rawValue)
    continuation.finish()
    let waiting = state.withLock { state in
      state.hasStopped = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Waits for bytes or a signal, and tells them.
  ///
  /// - Returns: true when there may be more.
  private func step(_ decoder: inout KeyDecoder) -> Bool {
    var descriptors = [wake.readEnd, signals.readEnd, terminal].map {
      pollfd(fd: $0.rawValue, events: Int16(POLLIN), revents: 0)
    }
    let ready = poll(&descriptors, 3, decoder.isPending ? milliseconds : -1)
    if ready < 0 { return errno == EINTR || errno == EAGAIN }
    if ready == 0 {
      tell(decoder.flush())
      return true
    }
    if descriptors[0].revents != 0 { return false }
    if descriptors[1].revents != 0 { tellSignals() }
    return descriptors[2].revents == 0 || read(&decoder)
  }

  private func read(_ decoder: inout KeyDecoder) -> Bool {
    do {
      let bytes = try [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        count = try terminal.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      tell(decoder.feed(bytes))
      return !bytes.isEmpty
    } catch Errno.resourceTemporarilyUnavailable {
      return true
    } catch {
      return false
    }
  }

  private func tellSignals() {
    let numbers = Set(signals.drain().map(Int32.init))
    if numbers.contains(SIGTSTP) { continuation.yield(.suspended) }
    if numbers.contains(SIGCONT) { continuation.yield(.resumed) }
    if numbers.contains(SIGWINCH) { continuation.yield(.resized) }
  }

  private func tell(_ keys: [Key]) {
    for key in keys { continuation.yield(.key(key)) }
  }
}
