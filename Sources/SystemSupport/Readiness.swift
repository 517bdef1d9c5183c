package import SystemPackage

/// The states of a descriptor that are watched for, or were found.
package struct Readiness: OptionSet, Sendable {
  package let rawValue: Int16

  package init(rawValue: Int16) { self.rawValue = rawValue }

  package static let readable = Readiness(rawValue: Int16(POLLIN))
  package static let writable = Readiness(rawValue: Int16(POLLOUT))
  /// An error, a hang-up or a descriptor that is not open. It is reported even if not watched for.
  package static let gone = Readiness(rawValue: Int16(POLLERR) | Int16(POLLHUP) | Int16(POLLNVAL))

  /// Blocks until one of the descriptors can be read, or the time is over.
  ///
  /// - Parameter milliseconds: The time; nil waits without end.
  /// - Returns: The state of each descriptor, in their order; all are `[]` when the time is over.
  /// - Throws: `Errno.interrupted` when a signal came first.
  package static func wait(
    forAnyOf descriptors: [FileDescriptor], milliseconds: Int32? = nil
  ) throws(Errno) -> [Readiness] {
    var entries = descriptors.map { pollfd(fd: $0.rawValue, events: readable.rawValue, revents: 0) }
    guard poll(&entries, nfds_t(entries.count), milliseconds ?? -1) >= 0 else {
      throw Errno(rawValue: errno)
    }
    return entries.map { Readiness(rawValue: $0.revents) }
  }

  /// Blocks until the descriptor is ready, the pipe is woken, or the time is over (then: `[]`). A signal does
  /// not end the wait.
  ///
  /// - Parameters:
  ///   - descriptor: The descriptor to watch, or nil for the wake pipe alone.
  ///   - milliseconds: The time; nil waits without end.
  package static func wait(
    for wanted: Readiness, of descriptor: FileDescriptor?, or wake: WakePipe, milliseconds: Int32? = nil
  ) -> (found: Readiness, woken: Bool) {
    var entries = [
      pollfd(fd: wake.readEnd.rawValue, events: readable.rawValue, revents: 0),
      pollfd(fd: descriptor?.rawValue ?? -1, events: wanted.rawValue, revents: 0),
    ]
    waitThroughSignals(&entries, milliseconds)
    let isWoken = entries[0].revents != 0
    if isWoken { wake.drain() }
    return (Readiness(rawValue: entries[1].revents), isWoken)
  }

  fileprivate static func waitThroughSignals(_ entries: inout [pollfd], _ milliseconds: Int32?) {
    while poll(&entries, nfds_t(entries.count), milliseconds ?? -1) < 0 && errno == EINTR {}
  }
}

extension FileDescriptor {
  /// True when reading would not block, within this time. That is also so at the end and after an error.
  package func isReadable(within milliseconds: Int32 = 0) -> Bool {
    var entries = [pollfd(fd: rawValue, events: Readiness.readable.rawValue, revents: 0)]
    Readiness.waitThroughSignals(&entries, milliseconds)
    return entries[0].revents != 0
  }
}

/// Wakes a thread that waits for descriptors.
package final class WakePipe: Sendable {
  package let readEnd: FileDescriptor
  /// The end to which a signal's handler may write too.
  package let writeEnd: FileDescriptor

  package init() throws {
    (readEnd, writeEnd) = try FileDescriptor.privatePipe()
    try readEnd.makeNonBlocking()
    try writeEnd.makeNonBlocking()
  }

  deinit {
    try? readEnd.close()
    try? writeEnd.close()
  }

  package func wake() {
    // A full pipe wakes the thread as well.
    _ = try? writeEnd.writeAll([0])
  }

  /// Blocks until the pipe is woken, and takes the bytes.
  package func wait() {
    _ = Readiness.wait(for: [], of: nil, or: self)
  }

  /// Takes the bytes that are there. They are zeros but for those that others wrote.
  @discardableResult
  package func drain() -> [UInt8] {
    var drained: [UInt8] = []
    withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
      while let count = try? readEnd.read(into: buffer) {
        drained += buffer[..<count]
        if count < buffer.count { break }
      }
    }
    return drained
  }
}

extension FileDescriptor {
  /// Makes a pipe that children do not inherit.
  package static func privatePipe() throws -> (readEnd: FileDescriptor, writeEnd: FileDescriptor) {
    let pipe = try FileDescriptor.pipe()
    for end in [pipe.readEnd, pipe.writeEnd] {
      _ = try end.control(F_SETFD, FD_CLOEXEC)
    }
    return pipe
  }

  /// Makes a copy that children do not inherit, apart from the three standard descriptors.
  package func privateDuplicate() throws -> FileDescriptor {
    FileDescriptor(rawValue: try control(F_DUPFD_CLOEXEC, 3))
  }

  package func makeNonBlocking() throws {
    _ = try control(F_SETFL, try control(F_GETFL, 0) | O_NONBLOCK)
  }

  private func control(_ command: Int32, _ argument: Int32) throws -> Int32 {
    let result = fcntl(rawValue, command, argument)
    guard result >= 0 else { throw Errno(rawValue: errno) }
    return result
  }
}
