/// The kind of the terminal that shows the output of a run, as the code is told of it.
public enum TerminalKind: String, Sendable, Hashable, CaseIterable {
  /// The terminal knows no escape sequences.
  case dumb
  /// The terminal has attributes such as bold, and shows no colours.
  case mono
  case sixteenColours = "16"
  case palette = "256"
  /// The terminal has colours of 24 bits.
  case full = "24-bit"

  /// The environment variables by which programs know such a terminal.
  public var variables: [String: String] {
    switch self {
    case .dumb: ["TERM": "dumb", "NO_COLOR": "1"]
    case .mono: ["TERM": "xterm", "NO_COLOR": "1"]
    case .sixteenColours: ["TERM": "xterm", "FORCE_COLOR": "1"]
    case .palette: ["TERM": "xterm-256color", "FORCE_COLOR": "2"]
    case .full: ["TERM": "xterm-256color", "COLORTERM": "truecolor", "FORCE_COLOR": "3"]
    }
  }
}
