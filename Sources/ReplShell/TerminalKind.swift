import RunPythonTool
import Terminal

extension TerminalKind {
  /// The kind of a terminal with these colours; nil is for one that takes no sequences.
  init(_ depth: ColourDepth?) {
    switch depth {
    case nil: self = .dumb
    case .mono: self = .mono
    case .eight, .sixteen: self = .sixteenColours
    case .palette: self = .palette
    case .full: self = .full
    }
  }
}
