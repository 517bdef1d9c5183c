public import Repl
public import SystemPackage

/// Reads a terminal on a thread of its own, and tells what happens there.
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

  /// In the order in which they happened. Ends when the terminal is gone, or after ``stop()``.
  public let events: AsyncStream<Event>

  private let reader: KeyInputReader

  /// Starts reading. There should be one at a time: signals go to the latest.
  ///
  /// - Parameters:
  ///   - terminal: in a mode that gives every byte at once, as ``FullScreen`` sets it; it must stay open.
  ///   - escapeDelay: how long to wait after an escape for the rest of a key's sequence.
  /// - Throws: what kept the thread or its pipes from being made.
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

  /// Stops reading; what is typed after its return is left for others.
  public func stop() async {
    await reader.stop()
  }
}
