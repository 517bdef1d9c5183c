import TerminalText
import Testing

@testable import Repl

/// Output that changes its last lines, in a ring and on the screen.
@Suite struct OutputDrawingTests {
  private func lines(_ ring: RingText) -> [String] {
    let source = RingLines(ring: ring)
    return source.numbers.compactMap { source.line($0)?.spans.plainText }
  }

  @Test func aCarriageReturnPrintsOverTheLine() {
    var ring = RingText()
    ring.append("100 %\rok", role: .plain)
    #expect(lines(ring) == ["ok0 %"])
    ring.append("\r\u{1b}[Kdone\nnext", role: .plain)
    #expect(lines(ring) == ["done", "next"])
    ring.append("\u{1b}[2K\rlast\u{8}\u{8}XY", role: .plain)
    #expect(lines(ring) == ["done", "laXY"])
  }

  @Test func severalBarsAreDrawnAnew() {
    var ring = RingText()
    for step in 0..<5 {
      if step > 0 { ring.append("\r\u{1b}[2K\u{1b}[1A\u{1b}[2K\u{1b}[1A\u{1b}[2K", role: .plain) }
      ring.append("one \(step)\ntwo \(step)\n", role: .plain)
      ring.append("three \(step)", role: .plain)
    }
    #expect(lines(ring) == ["one 4", "two 4", "three 4"])
    ring.append("\nend\n", role: .plain)
    #expect(lines(ring) == ["one 4", "two 4", "three 4", "end"])
  }

  /// tqdm writes a second bar with newlines before it, and goes up after it.
  @Test func aNestedBarStandsBelow() {
    var ring = RingText()
    for step in 0..<3 {
      ring.append("\router \(step)", role: .plain)
      for inner in 0..<3 { ring.append("\n\rinner \(inner)\u{1b}[A", role: .plain) }
    }
    #expect(lines(ring) == ["outer 2", "inner 2"])
  }

  @Test func nothingAboveTheOutputIsChanged() {
    var ring = RingText()
    ring.append("before\n", role: .plain)
    ring.append(line: [Span(">>> typed", .prompt)])
    ring.append("one\n\u{1b}[99A\rONE\u{1b}[99B\rtwo", role: .plain)
    #expect(lines(ring) == ["before", ">>> typed", "ONE", "two"])
    ring.append("error", role: .standardError)
    ring.append("\u{1b}[9A\rthree", role: .plain)
    #expect(lines(ring) == ["before", ">>> typed", "ONE", "two", "error", "three"])
  }

  @Test func droppedLinesStayAway() {
    var ring = RingText(limits: RingText.Limits(lines: 3, bytes: 1 << 20))
    for number in 0..<10 { ring.append("line \(number)\n", role: .plain) }
    ring.append("\u{1b}[9A\rtop\n", role: .plain)
    #expect(lines(ring).dropFirst() == ["tope 7", "line 8", "line 9"])
  }

  @Test func aLongLineIsChangedInItsLastPart() {
    var ring = RingText()
    ring.append(String(repeating: "x", count: 5000) + "\r", role: .plain)
    ring.append("END", role: .plain)
    #expect(
      ring.plainText == String(repeating: "x", count: 4096) + "END" + String(repeating: "x", count: 901)
        + "\n")
    #expect(ring.count == 2)
  }

  @Test func textIsKeptWithoutItsSequences() {
    var ring = RingText()
    ring.append("\u{1b}[31mred\u{1b}[0m\tand \u{1b}]8;;http://x\u{7}link\u{1b}]8;;\u{7}\n", role: .plain)
    #expect(ring.plainText == "red\tand link\n")
    #expect(lines(ring) == ["red     and link"])
  }

  @Test(.timeLimit(.minutes(1))) func aFloodOfUpdatesIsBounded() {
    var ring = RingText()
    var reader = OutputReader()
    for step in 0..<1_000_000 {
      ring.append(reader.read("\r\u{1b}[32m\(step)\u{1b}[0m of 1000000"), role: .plain)
    }
    #expect(lines(ring) == ["999999 of 1000000"])
    #expect(ring.byteCount < 200)
  }

  /// Each of these small pieces changes a line as long as one may be.
  @Test(
    .timeLimit(.minutes(1)), arguments: ["\u{8}x", "\rx", "\u{1b}[1K", "\u{1b}[2Kx", "\u{1b}[Ax\u{1b}[Bx"])
  func smallChangesOfALongLineAreQuick(_ change: String) {
    var ring = RingText()
    ring.append(
      String(repeating: "é", count: 2000) + "\n" + String(repeating: "é", count: 2000), role: .plain)
    ring.append(String(repeating: change, count: 10_000), role: .plain)
    #expect(ring.count >= 2 && ring.byteCount < 1 << 20)
  }

  @Test func aSequenceMayBeCutBetweenTwoMessages() {
    var stage = Stage()
    stage.type("f()\n")
    stage.send(.log(.standardOutput, text: "a\u{1b}[3", isPartial: true))
    stage.send(.log(.standardError, text: "e", isPartial: false))
    stage.send(.log(.standardOutput, text: "1mred\u{1b}", isPartial: true))
    stage.send(.log(.standardOutput, text: "[0m.", isPartial: false))
    let spans = stage.app.frame().rows.joined()
    #expect(spans.contains(Span("red", Style(.plain, look: TextLook(foreground: .palette(1))))))
    #expect(spans.contains { $0.text.hasPrefix(".") && $0.style == .plain })
  }

  @Test func aStyleEndsWithItsRun() {
    var stage = Stage()
    for run in 1...2 {
      stage.type("f()\n")
      stage.send(.log(.standardOutput, text: run == 1 ? "\u{1b}[31mred" : "plain", isPartial: false))
      stage.send(.runFinished(run, RunOutcome(.value("'\u{1b}[1mv\u{1b}[0m'"), duration: .zero)))
    }
    let spans = stage.app.frame().rows.joined()
    #expect(spans.contains { $0.text == "plain" && $0.style == .plain })
    #expect(spans.contains(Span("v", Style(.value, look: TextLook(attributes: .bold)))))
  }
}
