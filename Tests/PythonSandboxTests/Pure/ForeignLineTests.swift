import SystemSupport
import Testing

@Suite struct ForeignLineTests {
  @Test func nothingForgesALineOrDrivesATerminal() {
    let reason = "x)\n2026 error FORGED \u{1b}]0;title\u{7}\u{9b}31m\u{202e}\u{200b}\u{feff}\r\u{85}\u{2028}"
    #expect(
      reason.foreignLine()
        == "x)\\n2026 error FORGED \\x1b]0;title\\x07\\x9b31m\\u202e\\u200b\\ufeff\\x0d\\x85\\u2028")
  }

  @Test func plainTextStaysAndLongTextIsCut() {
    #expect("C:\\é 日本".foreignLine() == "C:\\é 日本")
    #expect(String(repeating: "a", count: 30).foreignLine(limit: 10) == "aaaaaaaaaa…")
  }
}
