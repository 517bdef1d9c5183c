import TerminalText
import Testing

@testable import Terminal

@Suite struct ProgramOutputTests {
  private func shown(_ text: String, _ depth: ColourDepth? = .full) -> String {
    var output = ProgramOutput(depth: depth)
    return output.text(of: text, on: .output)
  }

  @Test(
    arguments: [
      ("a\u{1b}[1;31mb\u{1b}[0mc", .full, "a\u{1b}[1;31mb\u{1b}[0mc"),
      // A style that goes on is ended with its text, and begun again with the next.
      ("\u{1b}[31ma\nb", .full, "\u{1b}[31ma\u{1b}[0m\n\u{1b}[31mb\u{1b}[0m"),
      ("\u{1b}[38;2;250;0;0mx", .full, "\u{1b}[38;2;250;0;0mx\u{1b}[0m"),
      ("\u{1b}[38;2;250;0;0mx", .palette, "\u{1b}[38;5;196mx\u{1b}[0m"),
      ("\u{1b}[48;2;250;0;0mx", .sixteen, "\u{1b}[101mx\u{1b}[0m"),
      ("\u{1b}[48;5;196mx", .eight, "\u{1b}[41mx\u{1b}[0m"),
      ("\u{1b}[1;31mx\u{1b}[0;31my", .mono, "\u{1b}[1mx\u{1b}[0my"),
      ("\u{1b}[1;31mx\u{1b}[2K\r\u{8}", nil, "x\r\u{8}"),
      ("\u{1b}]0;t\u{7}a\u{1b}[2J\u{7}\u{9b}2J\u{202e}\tb", .full, "a^G\\x9b2J\\u202e\tb"),
    ] as [(String, ColourDepth?, String)])
  func onlyOurOwnSequencesAreWritten(_ text: String, _ depth: ColourDepth?, _ wanted: String) {
    #expect(shown(text, depth) == wanted)
  }

  @Test func movesStayWithinTheOutput() {
    var output = ProgramOutput(depth: .full)
    #expect(output.text(of: "\u{1b}[A\u{1b}[Ba\u{1b}[5A", on: .output) == "a")
    #expect(output.text(of: "\n\nb\u{1b}[5A\r\u{1b}[2Kc", on: .error) == "\n\nb\u{1b}[2A\r\u{1b}[2Kc")
    #expect(output.text(of: "\n\u{1b}[9B", on: .output) == "\n\u{1b}[1B")
    #expect(output.text(of: "\u{1b}[A", on: .output) == "\u{1b}[1A")
    // A text of its own stands below, and nothing moves back up over it.
    #expect(output.text(of: "value\n") == "\r\n\nvalue\n")
    #expect(output.text(of: "\u{1b}[9A", on: .output) == "\u{1b}[1A")
    #expect(output.end() == "\r\n")
    #expect(output.text(of: "\u{1b}[9A", on: .output).isEmpty && output.end().isEmpty)
  }

  @Test func aCutSequenceGoesOnInItsOwnStream() {
    var output = ProgramOutput(depth: .full)
    #expect(output.text(of: "a\u{1b}[3", on: .output) == "a")
    #expect(output.text(of: "e", on: .error) == "e")
    #expect(output.text(of: "1mb", on: .output) == "\u{1b}[31mb\u{1b}[0m")
    _ = output.end()
    #expect(output.text(of: "c", on: .output) == "c")
  }

  @Test func itIsKnownIfALineIsOpen() {
    var output = ProgramOutput(depth: .full)
    for (text, isOpen) in [
      ("", false), ("a", true), ("\u{1b}[0m", true), ("\n", false), ("\u{1b}[31mb\u{1b}[0m\n", false),
    ] {
      _ = output.text(of: text, on: .output)
      #expect(output.isLineOpen == isOpen, "\(text.debugDescription)")
    }
  }

  @Test(
    arguments: [
      (["TERM": "xterm"], .sixteen), (["TERM": "xterm-256color"], .palette),
      (["TERM": "xterm-kitty"], .palette),
      (["TERM": "xterm", "COLORTERM": "truecolor"], .full),
      (["TERM": "xterm-256color", "NO_COLOR": "1"], .mono),
      (["TERM": "dumb"], nil), ([:], nil), (["TERM": "xterm", "NO_COLOR": ""], .sixteen),
    ] as [([String: String], ColourDepth?)])
  func theEnvironmentTellsTheColours(_ environment: [String: String], _ depth: ColourDepth?) {
    #expect(TerminalTraits(isTerminal: true, columns: 80, environment: environment).depth == depth)
    #expect(TerminalTraits(isTerminal: false, columns: 80, environment: environment).depth == nil)
  }
}
