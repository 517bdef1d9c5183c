import CTerminal

/// A thread for blocking work, which must not take threads from Swift's concurrency pool.
enum OwnedThread {
  /// Starts a detached thread.
  ///
  /// - Returns: 0, or the system's error number.
  static func start(_ run: @escaping @Sendable () -> Void) -> Int32 {
    let context = Unmanaged.passRetained(Body(run: run))
    let error = ct_thread_start(
      { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() },
      context.toOpaque())
    if error != 0 { context.release() }
    return error
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }
}
