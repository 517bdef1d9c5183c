import CTerminal
public import SystemPackage
import SystemSupport

/// The kinds of output that a terminal or file can show.
public struct TerminalTraits: Sendable, Equatable {
  public var isTerminal: Bool
  /// True when colour sequences may be used: on a terminal that knows them, unless `NO_COLOR` is set.
  public var colour: Bool
  /// The width in columns.
  public var width: Int
  /// The height in lines; nil for an unknown one.
  public var height: Int?
  /// The colours that may be used; nil where no sequences may be sent.
  public var depth: ColourDepth?
  /// True when characters beyond ASCII may be used, by the locale of the environment.
  public var unicode: Bool

  public init(
    isTerminal: Bool, colour: Bool, depth: ColourDepth? = nil, width: Int, height: Int? = nil, unicode: Bool
  ) {
    self.height = height
    self.depth = depth
    self.isTerminal = isTerminal
    self.colour = colour
    self.width = width
    self.unicode = unicode
  }

  /// Judges by the environment and by the known facts about the output.
  ///
  /// - Parameters:
  ///   - columns: the terminal's own answer, if it gave one.
  ///   - rows: the same.
  public init(isTerminal: Bool, columns: Int?, rows: Int? = nil, environment: [String: String]) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

    let type = value("TERM")
    let locale = value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG") ?? "C"
    let charset = locale.lowercased()
    self.isTerminal = isTerminal
    let isAble = isTerminal && type != nil && type != "dumb"
    colour = isAble && value("NO_COLOR") == nil
    depth = colour ? ColourDepth(environment: environment) : isAble ? .mono : nil
    width = [columns, value("COLUMNS").flatMap { Int($0) }].compactMap(\.self).first { $0 > 0 } ?? 80
    height = [rows, value("LINES").flatMap { Int($0) }].compactMap(\.self).first { $0 > 0 }
    unicode = charset.contains("utf-8") || charset.contains("utf8")
  }

  /// The traits of an open descriptor.
  public init(of descriptor: FileDescriptor, environment: [String: String]) {
    let size = TerminalDevice.size(of: descriptor)
    self.init(
      isTerminal: TerminalDevice.isTerminal(descriptor), columns: size?.columns, rows: size?.rows,
      environment: environment)
  }
}

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

  /// The size of a cell in pixels; `nil` when the terminal has not told it.
  static func cellPixels(of descriptor: FileDescriptor) -> (width: Int, height: Int)? {
    var size = winsize()
    guard ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return nil
    }
    let width = Int(size.ws_xpixel / size.ws_col)
    let height = Int(size.ws_ypixel / size.ws_row)
    return width > 0 && height > 0 ? (width, height) : nil
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

/// The C library's locale, which libedit and ncurses share.
enum TerminalLocale {
  private static let adopted: Void = ct_locale_adopt()

  /// Takes the locale from the environment, once in the process.
  static func adopt() { _ = adopted }
}

/// A terminal that takes lines without showing them, as getpass(3) does. The terminal itself edits them, and
/// Ctrl-C is a signal.
public struct HiddenKeys: Sendable {
  private let terminal: FileDescriptor
  /// The terminal's settings from before.
  private let settings: termios

  /// Stops showing the keys; nil when the descriptor is no terminal.
  public init?(on terminal: FileDescriptor) {
    guard let settings = TerminalDevice.settings(of: terminal) else { return nil }
    self.terminal = terminal
    self.settings = settings
    hide()
  }

  /// Stops showing the keys again, after another program had the terminal.
  public func hide() {
    var settings = settings
    settings.c_lflag &= ~tcflag_t(ECHO)
    settings.c_lflag |= tcflag_t(ICANON | ISIG | ECHONL)
    settings.c_iflag |= tcflag_t(ICRNL)
    TerminalDevice.restore(settings, on: terminal)
  }

  /// Puts the terminal's settings back.
  public func restore() {
    TerminalDevice.restore(settings, on: terminal)
  }
}

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
