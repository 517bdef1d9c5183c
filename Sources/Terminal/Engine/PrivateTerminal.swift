import SystemPackage
import SystemSupport

/// A terminal that nobody looks at, because libedit edits on nothing else.
final class PrivateTerminal {
  private let screen: FileDescriptor
  let program: FileDescriptor

  init() throws {
    var ends: (screen: Int32, program: Int32) = (-1, -1)
    // With one row, libedit never scrolls; its scrolling has mistakes that crash it.
    var size = winsize(ws_row: 1, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&ends.screen, &ends.program, nil, nil, &size) == 0 else { throw Errno(rawValue: errno) }
    _ = fcntl(ends.screen, F_SETFD, FD_CLOEXEC)
    _ = fcntl(ends.program, F_SETFD, FD_CLOEXEC)
    screen = FileDescriptor(rawValue: ends.screen)
    program = FileDescriptor(rawValue: ends.program)
  }

  deinit {
    try? program.close()
    try? screen.close()
  }
}
