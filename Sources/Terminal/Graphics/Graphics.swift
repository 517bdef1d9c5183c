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
