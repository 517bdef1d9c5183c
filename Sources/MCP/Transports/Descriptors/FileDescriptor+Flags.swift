import SystemPackage
import SystemSupport

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
