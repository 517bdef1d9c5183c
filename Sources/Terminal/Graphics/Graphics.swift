public import Pictures
import SystemPackage
import SystemSupport

/// The way in which a terminal shows pictures.
public enum Graphics: String, Sendable, Hashable, CaseIterable {
  /// The protocol of kitty, which takes PNG files.
  case kitty
  /// The protocol of iTerm2, which takes image files.
  case iterm2
  /// The protocol of DEC (sixel), which takes pixels of at most 256 colours.
  case sixel
  /// Cells of two colours each.
  case blocks
  /// No pictures are shown.
  case none

  /// The graphics that the environment makes plain; nil where the terminal must be asked for sixel.
  ///
  /// Programs such as tmux stand between, and do not pass on sequences that they do not know.
  public static func known(by environment: [String: String], traits: TerminalTraits) -> Graphics? {
    func value(_ name: String) -> String { environment[name] ?? "" }
    guard traits.isTerminal, !value("TERM").isEmpty, value("TERM") != "dumb", value("TERM") != "linux" else {
      return Graphics.none
    }
    if !value("TMUX").isEmpty || !value("STY").isEmpty || value("TERM").hasPrefix("screen") { return nil }
    let type = value("TERM")
    let program = value("TERM_PROGRAM")
    if ["xterm-kitty", "xterm-ghostty"].contains(type) || !value("KITTY_WINDOW_ID").isEmpty { return .kitty }
    if program == "ghostty" || Int(value("KONSOLE_VERSION")) ?? 0 >= 220_400 { return .kitty }
    if ["iTerm.app", "WezTerm", "mintty"].contains(program) || value("LC_TERMINAL") == "iTerm2" {
      return .iterm2
    }
    return nil
  }

  /// The graphics that are left for a terminal without a protocol for pictures.
  public static func cells(on traits: TerminalTraits) -> Graphics {
    traits.colour && traits.unicode ? .blocks : .none
  }
}

extension AreaGlyphs {
  /// The terminals that draw sextants themselves, whatever their font has: by `TERM_PROGRAM`, and by `TERM`.
  private static let programs: Set = ["ghostty", "iTerm.app", "WezTerm", "contour"]
  private static let types = ["kitty", "ghostty", "foot", "alacritty", "contour", "wezterm"]
  /// The first version of VTE, the terminal of GNOME, that draws them.
  private static let firstVTE = 6000
  private static let firstKonsole = 220_400

  /// The finest glyphs that the terminal is known to draw without gaps. All have quadrants.
  public static func known(by environment: [String: String]) -> AreaGlyphs {
    func value(_ name: String) -> String { environment[name] ?? "" }
    // Programs such as tmux draw with the font of an unknown terminal.
    guard value("TMUX").isEmpty, value("STY").isEmpty else { return .quadrants }
    let isKnown =
      programs.contains(value("TERM_PROGRAM")) || types.contains(where: value("TERM").contains)
      || Int(value("VTE_VERSION")) ?? 0 >= firstVTE || Int(value("KONSOLE_VERSION")) ?? 0 >= firstKonsole
    return isKnown ? .sextants : .quadrants
  }
}

/// A terminal's answer to the question what it is (DA1): the numbers of its abilities.
public struct DeviceAttributes: Equatable, Sendable {
  static let question = "\u{1b}[c"
  private static let introducer = Array("\u{1b}[?".utf8)
  private static let sixel = 4
  /// An answer takes some 30 bytes; keys that are typed before it may come with it.
  private static let mostBytes = 4096

  var numbers: [Int]

  public init(numbers: [Int]) { self.numbers = numbers }

  public var knowsSixel: Bool { numbers.dropFirst().contains(Self.sixel) }

  /// Finds the answer among the terminal's bytes; nil as long as it is not there.
  init?(in bytes: [UInt8]) {
    // Bytes are compared, because what follows the answer could make one character with its end.
    let semicolon = UInt8(ascii: ";")
    var rest = bytes[...]
    while let escape = rest.firstIndex(of: Self.introducer[0]) {
      rest = rest[escape...]
      guard rest.starts(with: Self.introducer) else {
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst(Self.introducer.count)
      let parameters = rest.prefix { (0x30...0x39).contains($0) || $0 == semicolon }
      if rest.dropFirst(parameters.count).first == UInt8(ascii: "c") {
        numbers = parameters.split(separator: semicolon).compactMap {
          Int(String(decoding: $0, as: UTF8.self))
        }
        return
      }
    }
    return nil
  }

  /// Asks the process's terminal, and waits at most `milliseconds` for its answer.
  ///
  /// Nothing is asked while there are unread keys, because they would be lost.
  init?(asking terminal: FileDescriptor, milliseconds: Int) {
    guard let settings = TerminalDevice.settings(of: terminal) else { return nil }
    var raw = settings
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    guard tcsetattr(terminal.rawValue, TCSANOW, &raw) == 0 else { return nil }
    defer { TerminalDevice.restore(settings, on: terminal) }
    guard !terminal.isReadable(),
      (try? terminal.writeAll(Self.question.utf8)) != nil
    else { return nil }
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 256)
    while answer.count < Self.mostBytes {
      // An answer that is there counts, however late this process looks: left unread it would be typed keys.
      let left = max(0, Int32((end - .now) / .milliseconds(1)))
      guard terminal.isReadable(within: left),
        let count = try? buffer.withUnsafeMutableBytes({ try terminal.read(into: $0) }), count > 0
      else { return nil }
      answer += buffer[..<count]
      if let found = DeviceAttributes(in: answer) {
        self = found
        return
      }
    }
    return nil
  }
}
