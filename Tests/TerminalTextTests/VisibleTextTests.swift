import TerminalText
import Testing

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("é日😀", "é日😀"), ("\u{1b}[31mred", "^[[31mred"), ("\0\u{7f}", "^@^?"),
    ("\u{9b}31m", "\\x9b31m"), ("a\tb", "a       b"), ("日\tb", "日      b"),
    ("\t\t", String(repeating: " ", count: 16)),
    ("a\u{202e}b", "a\\u202eb"), ("a\u{2028}b", "a\\u2028b"), ("a\rb", "a^Mb"), ("x\r\ny", "x^M^Jy"),
    ("\u{61c}", "\\u061c"), ("e\u{301}\u{1b}", "e\u{301}^["),
  ])
  func nothingDrivesTheTerminal(_ text: String, _ visible: String) {
    #expect(VisibleText.of(text) == visible)
    #expect(!VisibleText.of(text).unicodeScalars.contains(where: VisibleText.isHazard))
  }

  @Test func tabsCountFromTheColumn() {
    #expect(VisibleText.of("\tx", column: 6) == "  x")
    #expect(VisibleText.of("a\tx", column: 7) == "a" + String(repeating: " ", count: 8) + "x")
  }

  @Test(arguments: [
    ("plain é漢\u{1f468}\u{200d}\u{1f469}", "plain é漢\u{1f468}\u{200d}\u{1f469}"),
    ("a\tb\nc", "a\tb\nc"),
    ("\u{1b}[2J\u{1b}]0;x\u{7}", "^[[2J^[]0;x^G"),
    ("\0\u{1}\u{8}\u{b}\u{c}\u{1f}\u{7f}", "^@^A^H^K^L^_^?"),
    ("\u{80}\u{9b}31m\u{9f}", "\\x80\\x9b31m\\x9f"),
    ("50 %\r100 %\r\n", "50 %^M100 %\n"),
    ("\r", "^M"),
    ("user\u{202e}txt.exe\u{202c}", "user\\u202etxt.exe\\u202c"),
    ("\u{2066}\u{2069}\u{200f}\u{61c}", "\\u2066\\u2069\\u200f\\u061c"),
    ("a\u{2028}b\u{2029}", "a\\u2028b\\u2029"),
    ("\u{1b}\u{301}", "^[\u{301}"),
    ("", ""),
  ])
  func hazardsBecomeVisible(inPrinted text: String, _ safe: String) {
    #expect(Array(VisibleText.printable(text).unicodeScalars) == Array(safe.unicodeScalars))
  }

  @Test func callerDecidesWhatStays() {
    #expect(VisibleText.printable("a\tb\r\nc", keeping: []) == "a^Ib^M^Jc")
    #expect(VisibleText.printable("a\rb", keeping: ["\r"]) == "a\rb")
  }

  @Test func nothingThatDrivesATerminalIsLeft() {
    let everything = (0...0x2100 as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
    var text = ""
    text.unicodeScalars.append(contentsOf: everything)
    #expect(
      VisibleText.printable(text, keeping: []).unicodeScalars.allSatisfy {
        $0.properties.generalCategory != .control
      })
  }
}
