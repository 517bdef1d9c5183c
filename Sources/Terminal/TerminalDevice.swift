import SystemPackage
import SystemSupport

/// The facts that the kernel and the environment tell about a terminal.
enum TerminalDevice {
  struct Size: Equatable {
    var rows: Int
    var columns: Int
  }

  /// The value of `TERM`, as libedit reads it too.
  static var type: String? {
    getenv("TERM").map { String(cString: $0) }
  }

  static func isTerminal(_ descriptor: FileDescriptor) -> Bool {
    isatty(descriptor.rawValue) == 1
  }

  /// The terminal's size; `nil` when the descriptor is no terminal, or does not know.
  static func size(of descriptor: FileDescriptor) -> Size? {
    var size = winsize()
    guard ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Size(rows: Int(size.ws_row), columns: Int(size.ws_col))
  }

  static func settings(of descriptor: FileDescriptor) -> termios? {
    var settings = termios()
    return tcgetattr(descriptor.rawValue, &settings) == 0 ? settings : nil
  }

  static func restore(_ settings: termios, on descriptor: FileDescriptor) {
    var settings = settings
    while tcsetattr(descriptor.rawValue, TCSADRAIN, &settings) == -1, errno == EINTR {}
  }
}
