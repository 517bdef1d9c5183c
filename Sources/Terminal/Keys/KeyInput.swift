import CTerminal
import Synchronization
public import SystemPackage
import SystemSupport
public import TerminalText

/// Reads a terminal on a thread of its own, and tells its keys and signals.
public final class KeyInput: Sendable {
  public enum Event: Sendable, Hashable {
    case key(Key)
    /// The terminal has another size (SIGWINCH).
    case resized
    /// Someone wants the program to stop for a while (SIGTSTP); see ``FullScreen/suspend()``.
    case suspended
    /// The program goes on (SIGCONT), perhaps with a terminal in another state; see ``FullScreen/redraw()``.
    case resumed
  }

  /// The events in the order in which they happened. The stream ends when the terminal is gone, or after
  /// ``stop()``.
  public let events: AsyncStream<Event>

  private let reader: KeyInputReader

  /// Starts reading. Only one should exist at a time, because signals go to the latest.
  ///
  /// - Parameters:
  ///   - terminal: a terminal that gives every byte at once, as ``FullScreen`` sets it; it must stay open.
  ///   - escapeDelay: the time to wait after an escape for the rest of a key's sequence.
  /// - Throws: the reason why the thread or its pipes could not be made.
  public init(terminal: FileDescriptor, escapeDelay: Duration = .milliseconds(50)) throws {
    let (events, continuation) = AsyncStream.makeStream(of: Event.self)
    self.events = events
    let reader = try KeyInputReader(
      terminal: terminal, milliseconds: Int32(escapeDelay / .milliseconds(1)),
      continuation: continuation)
    self.reader = reader
    let error = OwnedThread.start { reader.run() }
    guard error == 0 else { throw Errno(rawValue: error) }
  }

  deinit {
    reader.requestStop()
  }

  /// Stops reading. Keys that are typed after its return are left for others.
  public func stop() async {
    await reader.stop()
  }
}

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
  /// The lock guards the end from the thread and the tasks that stop it.
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
