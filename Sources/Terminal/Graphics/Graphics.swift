/// How a terminal shows pictures.
public enum Graphics: String, Sendable, Hashable, CaseIterable {
  /// The protocol of kitty, which takes PNG files.
  case kitty
  /// The protocol of iTerm2, which takes image files.
  case iterm2
  /// DEC's, which takes pixels of at most 256 colours.
  case sixel
  /// Cells of two colours each.
  case blocks
  /// Not at all.
  case none

  /// What is plain from the environment; nil where the terminal has to be asked whether it knows sixel.
  ///
  /// What stands between program and terminal, such as tmux, does not pass on what it does not know.
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

  /// What is left for a terminal without a protocol for pictures.
  public static func cells(on traits: TerminalTraits) -> Graphics {
    traits.colour && traits.unicode ? .blocks : .none
  }
}
