import Pictures
import RunPythonTool
import SystemSupport
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

extension AreaGlyphs {
  /// The glyphs for the process's own terminal.
  static let ofTerminal = AreaGlyphs.known(by: ProcessInfo.processInfo.environment)
}
