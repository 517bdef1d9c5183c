import Pictures
import TerminalText
import Testing

@testable import Terminal

@Suite struct TerminalAnswerTests {
  @Test func answersComeAmongTheKeys() {
    let bytes = "a\u{1b}P>|kitty(0.35.2)\u{1b}\\b\u{1b}[6;20;10t\u{1b}[?62;4;22cc"
    for split in 0...bytes.utf8.count {
      var decoder = KeyDecoder()
      let all = Array(bytes.utf8)
      let keys = decoder.feed(all[..<split]) + decoder.feed(all[split...])
      #expect(keys == [.character("a"), .character("b"), .character("c")])
      #expect(
        decoder.takeAnswers()
          == [.name("kitty(0.35.2)"), .cell(width: 10, height: 20), .attributes([62, 4, 22])])
      #expect(decoder.takeAnswers().isEmpty)
    }
  }

  @Test(arguments: [
    "\u{1b}P1+r\u{1b}\\", "\u{1b}[6;0;10t", "\u{1b}[6;20t", "\u{1b}[4;20;10t", "\u{1b}[>1;2c",
    "\u{1b}]>|x\u{7}",
  ])
  func otherSequencesAreNone(_ bytes: String) {
    var decoder = KeyDecoder()
    #expect(decoder.feed(Array(bytes.utf8)).isEmpty && decoder.takeAnswers().isEmpty)
  }

  @Test(
    arguments: [
      ("kitty(0.35.2)", true), ("kitty(0.28.0)", true), ("kitty(0.27.9)", false), ("kitty", false),
      ("ghostty 1.1.3", true), ("ghostty 1.2.0-dev+abc", true), ("WezTerm 20240203-110809", false),
      ("Konsole 24.02.1", false), ("tmux 3.4", false), ("", false),
    ])
  func placeholdersAreForThoseThatDrawThem(_ answer: String, _ draws: Bool) {
    #expect(TerminalIdentity(answer: answer).drawsPlaceholders == draws)
  }

  @Test func sextantsAreForTerminalsThatDrawThem() {
    #expect(AreaGlyphs.known(by: ["TERM": "xterm-kitty"]) == .sextants)
    #expect(AreaGlyphs.known(by: ["TERM": "xterm-256color", "VTE_VERSION": "7003"]) == .sextants)
    #expect(AreaGlyphs.known(by: ["TERM": "xterm-256color"]) == .quadrants)
    #expect(AreaGlyphs.known(by: ["TERM": "xterm-kitty", "TMUX": "x"]) == .quadrants)
  }
}
