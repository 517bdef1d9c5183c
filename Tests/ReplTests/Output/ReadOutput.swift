import TerminalText

@testable import Repl

extension RingText {
  /// Adds output that begins with no sequence open.
  mutating func append(_ text: String, role: Style.Role) {
    var reader = OutputReader()
    append(reader.read(text), role: role)
  }
}

extension Transcript {
  /// Adds output that begins with no sequence open.
  mutating func output(_ text: String, pane: Pane = .standardOutput) {
    var reader = OutputReader()
    output(reader.read(text), pane: pane)
  }
}
