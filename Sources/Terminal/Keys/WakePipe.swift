import SystemPackage
import SystemSupport

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
