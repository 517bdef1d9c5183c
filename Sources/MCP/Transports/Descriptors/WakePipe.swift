import SystemPackage

/// Wakes a thread that waits in ``Readiness/wait(for:of:or:milliseconds:)``.
final class WakePipe: Sendable {
  let readEnd: FileDescriptor
  private let writeEnd: FileDescriptor

  init() throws {
    (readEnd, writeEnd) = try FileDescriptor.privatePipe()
    try readEnd.makeNonBlocking()
    try writeEnd.makeNonBlocking()
  }

  deinit {
    try? readEnd.close()
    try? writeEnd.close()
  }

  func wake() {
    // A full pipe wakes the thread as well.
    _ = try? writeEnd.writeAll([0])
  }

  func drain() {
    withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
      while let count = try? readEnd.read(into: buffer), count == buffer.count {}
    }
  }
}
