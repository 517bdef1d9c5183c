import SystemSupport

/// A thread for blocking calls, apart from the threads that run tasks.
package enum OwnedThread {
  /// Runs the body on a new thread that receives no signals. A write raises SIGPIPE on its own thread, so
  /// here it becomes the error EPIPE. The process and its children keep their handling.
  ///
  /// - Returns: true when the thread could be made.
  package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    let box = Unmanaged.passRetained(Body(run: body))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let status = pthread_create(&thread, nil, threadMain, box.toOpaque())
    guard status == 0 else {
      box.release()
      return false
    }
    #if canImport(Darwin)
      if let thread { pthread_detach(thread) }
    #else
      pthread_detach(thread)
    #endif
    return true
  }

  private final class Body {
    let run: @Sendable () -> Void
    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private static func run(_ pointer: UnsafeMutableRawPointer) {
    var signals = sigset_t()
    sigfillset(&signals)
    // A crash is never put off, because the owner of the terminal restores it on these signals.
    for crash in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS] { sigdelset(&signals, crash) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
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
