import TerminalText
import Testing

@testable import Repl

@Suite struct TranscriptTests {
  private func lines(_ transcript: Transcript, left: Set<Pane> = []) -> [String] {
    let source = RingLines(ring: transcript.ring, left: left)
    return source.numbers.compactMap { source.line($0) }.flatMap { $0.rows(columns: 40) }.map(
      \.plainText)
  }

  @Test func aRunIsShownWithItsPromptsValueAndTime() {
    var transcript = Transcript()
    transcript.typed("if x:\n    y", run: 1)
    transcript.finish(run: 1, RunOutcome(.value("[1,\n 2]"), notice: "Careful.", duration: .milliseconds(12)))
    #expect(
      lines(transcript) == [
        ">>> if x:                          12 ms", "...     y", "[1,", " 2]", "Careful.",
      ])
    #expect(transcript.blocks.map(\.code) == ["if x:\n    y"])
  }

  @Test func timeStandsOnARowOfItsOwnWhereTheLineIsFull() {
    var transcript = Transcript()
    transcript.typed(String(repeating: "x", count: 34), run: 1)
    transcript.finish(run: 1, RunOutcome(.cancelled, duration: .seconds(3)), exactTiming: true)
    let shown = lines(transcript)
    #expect(shown[1] == String(repeating: " ", count: 35) + "3.0 s")
    #expect(shown[2] == "KeyboardInterrupt")
    #expect(shown[3].hasPrefix("time: 3,000,000 µs"))
  }

  @Test func onlyTheBeginningOfALongOutputIsCopied() {
    var transcript = Transcript()
    transcript.typed("f()", run: 1)
    for number in 0..<1000 { transcript.output("line \(number)\n") }
    transcript.finish(run: 1, RunOutcome(.value("'end'"), duration: .seconds(1)))
    let shown = lines(transcript)
    #expect(shown.count == 43)
    #expect(shown[1] == "line 0" && shown[40] == "line 39")
    #expect(shown[41] == "… more in the panes stdout and stderr")
    #expect(shown[42] == "'end'")
    #expect(lines(transcript, left: [.standardOutput]).count == 2)
  }

  @Test func controlCharactersAreShown() {
    var transcript = Transcript()
    transcript.typed("print('\u{1b}[31m')", run: 1)
    transcript.output("<\u{1b}]52;c;x\u{7}\u{7}\u{9b}31m>\n")
    transcript.finish(run: 1, RunOutcome(.failure("E: \u{9b}2J\r"), notice: "\u{1b}c", duration: .zero))
    transcript.say(Answer(.json, "{\"a\": \"\\u001b\"}"))
    transcript.say(Answer(.python, "def f(): '\u{8}'"))
    transcript.answered("\u{1b}", prompt: "\u{1b}[1m?")
    #expect(!lines(transcript).joined().unicodeScalars.contains(where: VisibleText.isHazard))
    #expect(lines(transcript).contains("<^G\\x9b31m>"))
  }
}
