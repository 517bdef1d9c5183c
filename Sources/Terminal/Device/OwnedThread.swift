import CTerminal
import SystemPackage
import SystemSupport

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

/// Wakes a thread that waits for descriptors.
final class WakePipe: Sendable {
  let readEnd: FileDescriptor
  let writeEnd: FileDescriptor

  init() throws {
    (readEnd, writeEnd) = try FileDescriptor.pipe()
    for end in [readEnd, writeEnd] {
      _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end.rawValue, F_SETFL, O_NONBLOCK)
    }
  }

  deinit {
    try? readEnd.close()
    try? writeEnd.close()
  }

  func wake() {
    // A full pipe wakes the thread as well.
    _ = try? writeEnd.writeAll([0])
  }

  /// Takes the bytes that are there.
  func drain() -> [UInt8] {
    withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
      let count = (try? readEnd.read(into: buffer)) ?? 0
      return Array(buffer[..<count])
    }
  }

  func wait() {
    var descriptors = [pollfd(fd: readEnd.rawValue, events: Int16(POLLIN), revents: 0)]
    while poll(&descriptors, 1, -1) < 0, errno == EINTR {}
  }
}
