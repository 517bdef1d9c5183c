import CTerminal
import Synchronization
public import SystemPackage
import SystemSupport
public import TerminalText

/// Reads a terminal on a thread of its own, and tells its keys and signals.
public final class KeyInput: Sendable {
  public enum Event: Sendable, Hashable {
    case key(Key)
    /// The terminal has answered a question; see ``FullScreen/ask()``.
    case answer(TerminalAnswer)
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
    try OwnedThread.start(receivesSignals: true) { reader.run() }
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
  private let terminal: FileDescriptor
  private let milliseconds: Int32
  private let continuation: AsyncStream<KeyInput.Event>.Continuation
  private let wake: WakePipe
  private let signals: WakePipe
  private let isStopping = Atomic(false)
  private let stopped = Gate(isOpen: false)

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
    isStopping.store(true, ordering: .relaxed)
    wake.wake()
  }

  func stop() async {
    requestStop()
    // A cancelled task waits too, because the thread must have stopped.
    await Task { await stopped.pass() }.value
  }

  func run() {
    var decoder = KeyDecoder()
    while !isStopping.load(ordering: .relaxed), step(&decoder) {}
    ct_signals_unwatch(signals.writeEnd.rawValue)
    continuation.finish()
    stopped.open()
  }

  /// Waits for bytes or a signal, and tells them.
  ///
  /// - Returns: true when there may be more.
  private func step(_ decoder: inout KeyDecoder) -> Bool {
    let found: [Readiness]
    do throws(Errno) {
      found = try Readiness.wait(
        forAnyOf: [wake.readEnd, signals.readEnd, terminal],
        milliseconds: decoder.isPending ? milliseconds : nil)
    } catch {
      return error == .interrupted || error == .resourceTemporarilyUnavailable
    }
    if found.allSatisfy(\.isEmpty) {
      tell(decoder.flush())
      return true
    }
    if !found[0].isEmpty { return false }
    if !found[1].isEmpty { tellSignals() }
    return found[2].isEmpty || read(&decoder)
  }

  private func read(_ decoder: inout KeyDecoder) -> Bool {
    do {
      let bytes = try [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        count = try terminal.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      tell(decoder.feed(bytes))
      for answer in decoder.takeAnswers() { continuation.yield(.answer(answer)) }
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
