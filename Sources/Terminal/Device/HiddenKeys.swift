public import SystemPackage
import SystemSupport

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
