import TerminalText
import Testing

@testable import Repl

@Suite struct TranscriptTests {
  private func lines(_ transcript: Transcript, columns: Int = 46) -> [String] {
    let source = RingLines(ring: transcript.ring, folds: transcript.folds, hasGutter: true)
    var lines: [String] = []
    var number = source.numbers.lowerBound
    while number < source.numbers.upperBound {
      lines += (source.line(number)?.rows(columns: columns) ?? []).map(\.plainText)
      number = source.next(after: number)
    }
    return lines
  }

  private func texts(_ transcript: Transcript) -> [String] {
    lines(transcript).map { String($0.dropFirst(Gutter.width)) }
  }

  @Test func aRunIsShownWithItsNumberValueAndTime() {
    var transcript = Transcript()
    transcript.typed("if x:\n\n    y", run: 1, number: 8)
    transcript.finish(run: 1, RunOutcome(.value("[1,\n 2]"), notice: "Careful.", duration: .milliseconds(12)))
    transcript.typed("z", run: 2, number: 1234)
    transcript.finish(run: 2, RunOutcome(.failure("E"), duration: .milliseconds(9)))
    transcript.typed(command: ":vars")
    #expect(
      lines(transcript) == [
        "  8 ▏ if x:                              12 ms", "    ▏ ", "    ▏     y", "      [1,", "       2]",
        "      Careful.", "", "1234▏ z                               9.0 ms ✗", "      E", "", "    ▏ :vars",
      ])
    #expect(transcript.blocks.map(\.code) == ["if x:\n\n    y", "z"])
    #expect(
      transcript.plainText
        == ">>> if x:\n... \n...     y\n[1,\n 2]\nCareful.\n\n>>> z\nE\n\n>>> :vars\n")
  }

  @Test func timeStandsOnARowOfItsOwnWhereTheLineIsFull() {
    var transcript = Transcript()
    transcript.typed(String(repeating: "x", count: 34), run: 1, number: 1)
    transcript.finish(run: 1, RunOutcome(.value(nil), duration: .seconds(3)), exactTiming: true)
    let shown = lines(transcript)
    #expect(shown[1] == "    ▏ " + String(repeating: " ", count: 35) + "3.0 s")
    #expect(shown[2].hasPrefix("      time: 3,000,000 µs"))
  }

  @Test func whatIsPrintedAndShownKeepsItsOrder() {
    var transcript = Transcript()
    transcript.typed("f()", run: 1, number: 1)
    transcript.output("out\n")
    transcript.output("err\n", pane: .standardError)
    transcript.displayed("'shown'")
    transcript.output("half")
    transcript.finish(run: 1, RunOutcome(.value("'end'"), duration: .seconds(1)))
    #expect(texts(transcript).dropFirst() == ["out", "err", "'shown'", "half", "'end'"])
  }

  @Test func theMiddleOfALongOutputIsFolded() {
    var transcript = Transcript()
    transcript.typed("f()", run: 1, number: 1)
    for number in 0..<60 { transcript.output("line \(number)\n") }
    #expect(lines(transcript).count == 61)
    for number in 60..<10_000 { transcript.output("line \(number)\n") }
    transcript.finish(run: 1, RunOutcome(.value("'end'"), duration: .seconds(1)))
    let shown = texts(transcript)
    #expect(shown.count == 43)
    #expect(shown[1] == "line 0" && shown[20] == "line 19" && shown[22] == "line 9980")
    #expect(shown[21] == "▸ 9,960 lines (Enter unfolds)")
    #expect(shown[42] == "'end'")
    transcript.toggleFold(at: 5000)
    let open = texts(transcript)
    #expect(open.count == 10_003)
    #expect(open[20...22] == ["line 19", "▾ 9,960 lines (Enter folds)", "line 20"])
    transcript.toggleFold(at: 25)
    #expect(texts(transcript) == shown)
  }

  @Test func longValuesAreFolded() {
    var transcript = Transcript()
    transcript.finish(
      run: 1, RunOutcome(.value((0..<100).map { "row \($0)" }.joined(separator: "\n")), duration: .zero))
    #expect(texts(transcript).count == 41)
    #expect(texts(transcript)[20] == "▸ 60 lines (Enter unfolds)")
    let long = String(repeating: "0, ", count: 10_000)
    transcript.finish(run: 2, RunOutcome(.value(long), duration: .zero))
    #expect(texts(transcript).last == "▸ 28,800 characters (Enter unfolds)")
    #expect(texts(transcript).count < 80)
    #expect(transcript.plainText.hasSuffix("row 99\n" + long + "\n"))
  }

  @Test func framesInLibrariesAreFolded() {
    var transcript = Transcript()
    let traceback = """
      Traceback (most recent call last):
        File "<block 2>", line 1, in <module>
          json.loads("{")
          ~~~~~~~~~~^^^^^
        File "/lib/python314.zip/json/__init__.py", line 352, in loads
          return _default_decoder.decode(s)
                 ~~~~~~~~~~~~~~~~~~~~~~~^^^
        File "/lib/python314.zip/json/decoder.py", line 345, in decode
          obj, end = self.raw_decode(s, idx=_w(s, 0).end())
        [Previous line repeated 3 more times]
        File "/site/pandas/core/frame.py", line 4378, in __getitem__
        File "pandas/_libs/index.pyx", line 168, in pandas._libs.index.IndexEngine.get_loc
        File "/work/own.py", line 3, in own
          1 / 0
      KeyError: 'b'
      """
    transcript.finish(run: 1, RunOutcome(.failure(traceback), duration: .zero))
    #expect(
      texts(transcript) == [
        "Traceback (most recent call last):", "  File \"<block 2>\", line 1, in <module>",
        "    json.loads(\"{\")", "    ~~~~~~~~~~^^^^^", "▸ 2 frames in json (Enter unfolds)",
        "▸ 2 frames in pandas (Enter unfolds)", "  File \"/work/own.py\", line 3, in own", "    1 / 0",
        "KeyError: 'b'",
      ])
    #expect(transcript.plainText == traceback + "\n")
  }

  @Test func memoryIsBounded() {
    var transcript = Transcript(limits: RingText.Limits(lines: 100, bytes: 1 << 20))
    for run in 1...1000 {
      transcript.typed("f()", run: run, number: run)
      for number in 0..<70 { transcript.output("line \(number)\n") }
      transcript.finish(run: run, RunOutcome(.value(nil), duration: .zero))
    }
    #expect(transcript.ring.count == 100)
    #expect(transcript.folds.count < 300)
    #expect(texts(transcript)[0].contains("older lines were dropped"))
  }

  @Test func theGreetingGoesWithTheFirstBlock() {
    var transcript = Transcript()
    transcript.greet([[Span("Hello")]])
    transcript.say("A word.")
    #expect(texts(transcript) == ["Hello", "A word."])
    transcript.typed("1", run: 1, number: 1)
    #expect(lines(transcript) == ["      A word.", "", "  1 ▏ 1"])
    var other = Transcript()
    other.greet([[Span("Hello")]])
    other.typed("1", run: 1, number: 1)
    #expect(lines(other) == ["  1 ▏ 1"])
  }

  @Test func controlCharactersAreShown() {
    var transcript = Transcript()
    transcript.typed("print('\u{1b}[31m')", run: 1, number: 1)
    transcript.output("<\u{1b}]52;c;x\u{7}\u{7}\u{9b}31m>\n")
    transcript.finish(run: 1, RunOutcome(.failure("E: \u{9b}2J\r"), notice: "\u{1b}c", duration: .zero))
    transcript.say(Answer(.json, "{\"a\": \"\\u001b\"}"))
    transcript.say(Answer(.python, "def f(): '\u{8}'"))
    transcript.answered("\u{1b}", prompt: "\u{1b}[1m?")
    #expect(!lines(transcript).joined().unicodeScalars.contains(where: VisibleText.isHazard))
    #expect(texts(transcript).contains("<^G\\x9b31m>"))
  }
}
