public import Repl
public import SystemPackage

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
