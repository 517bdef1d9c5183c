package import SystemPackage

/// A thread for blocking calls, apart from the threads that run tasks.
package enum OwnedThread {
  /// Runs the body on a new thread.
  ///
  /// Without signals, a write to a peer that is gone gives the error EPIPE on this thread, not SIGPIPE. The
  /// process and its children keep their handling.
  ///
  /// - Parameter receivesSignals: True when a signal may interrupt the body's calls, so that it looks about.
  /// - Throws: The system's error when there can be no thread.
  package static func start(
    receivesSignals: Bool = false, _ body: @escaping @Sendable () -> Void
  ) throws(Errno) {
    let box = Unmanaged.passRetained(Body(receivesSignals: receivesSignals, run: body))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let status = pthread_create(&thread, nil, threadMain, box.toOpaque())
    guard status == 0 else {
      box.release()
      throw Errno(rawValue: status)
    }
    #if canImport(Darwin)
      if let thread { pthread_detach(thread) }
    #else
      pthread_detach(thread)
    #endif
  }

  private final class Body: Sendable {
    let receivesSignals: Bool
    let run: @Sendable () -> Void

    init(receivesSignals: Bool, run: @escaping @Sendable () -> Void) {
      self.receivesSignals = receivesSignals
      self.run = run
    }
  }

  private static func run(_ pointer: UnsafeMutableRawPointer) {
    let body = Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue()
    if !body.receivesSignals { blockSignals() }
    body.run()
  }

  private static func blockSignals() {
    var signals = sigset_t()
    sigfillset(&signals)
    // A crash is never put off, because the owner of the terminal restores it on these signals.
    for crash in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS] { sigdelset(&signals, crash) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  #if canImport(Darwin)
    private static let threadMain: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = {
      run($0)
      return nil
    }
  #else
    private static let threadMain: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
      if let pointer = $0 { run(pointer) }
      return nil
    }
  #endif
}
