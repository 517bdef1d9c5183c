import SystemPackage
import SystemSupport

/// The states of a descriptor that are watched for, or were found.
struct Readiness: OptionSet {
  let rawValue: Int16
  static let readable = Readiness(rawValue: Int16(POLLIN))
  static let writable = Readiness(rawValue: Int16(POLLOUT))
  /// An error, a hang-up or a descriptor that is not open. It is reported even if not watched for.
  static let gone = Readiness(rawValue: Int16(POLLERR) | Int16(POLLHUP) | Int16(POLLNVAL))

  /// Blocks until the descriptor is ready, the pipe is woken, or the time is over (then: `[]`).
  ///
  /// - Parameters:
  ///   - descriptor: The descriptor to watch, or nil for the wake pipe alone.
  ///   - milliseconds: The time; nil waits without end.
  static func wait(
    for wanted: Readiness, of descriptor: FileDescriptor?, or wake: WakePipe, milliseconds: Int32? = nil
  ) -> (found: Readiness, woken: Bool) {
    var watched = [
      pollfd(fd: wake.readEnd.rawValue, events: Readiness.readable.rawValue, revents: 0),
      pollfd(fd: descriptor?.rawValue ?? -1, events: wanted.rawValue, revents: 0),
    ]
    while poll(&watched, nfds_t(watched.count), milliseconds ?? -1) < 0 && errno == EINTR {}
    let woken = watched[0].revents != 0
    if woken { wake.drain() }
    return (Readiness(rawValue: watched[1].revents), woken)
  }
}

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

extension FileDescriptor {
  /// Makes a pipe that children do not inherit.
  static func privatePipe() throws -> (readEnd: FileDescriptor, writeEnd: FileDescriptor) {
    let pipe = try FileDescriptor.pipe()
    for end in [pipe.readEnd, pipe.writeEnd] {
      _ = try end.control(F_SETFD, FD_CLOEXEC)
    }
    return pipe
  }

  /// Makes a copy that children do not inherit, apart from the three standard descriptors.
  func privateDuplicate() throws -> FileDescriptor {
    FileDescriptor(rawValue: try control(F_DUPFD_CLOEXEC, 3))
  }

  func makeNonBlocking() throws {
    _ = try control(F_SETFL, try control(F_GETFL, 0) | O_NONBLOCK)
  }

  private func control(_ command: Int32, _ argument: Int32) throws -> Int32 {
    let result = fcntl(rawValue, command, argument)
    guard result >= 0 else { throw Errno(rawValue: errno) }
    return result
  }
}
