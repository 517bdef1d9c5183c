import TerminalText
import Testing

@testable import Repl

@Suite struct RingTextTests {
  private func lines(_ ring: RingText) -> [String] {
    let source = RingLines(ring: ring)
    return source.numbers.compactMap { source.line($0)?.spans.plainText }
  }

  @Test func textIsCutAtNewlinesAndGoesOnWhereItEnded() {
    var ring = RingText()
    for piece in ["a\nb", "c", "\n", "\n", "d\r\n", "e"] { ring.append(piece, role: .plain) }
    #expect(lines(ring) == ["a", "bc", "", "d", "e"])
    ring.append(line: [Span("whole")])
    ring.append("f", role: .plain)
    ring.endLine()
    ring.append("g", role: .plain)
    #expect(lines(ring) == ["a", "bc", "", "d", "e", "whole", "f", "g"])
    #expect(ring.plainText == "a\nbc\n\nd\ne\nwhole\nf\ng\n")
  }

  @Test func anotherRoleBeginsALine() {
    var ring = RingText()
    ring.append("out", role: .plain)
    ring.append("err", role: .standardError)
    #expect(lines(ring) == ["out", "err"])
  }

  @Test func aCarriageReturnTakesTheLineBack() {
    var ring = RingText()
    for percent in 0...100 { ring.append("\r\(percent)%", role: .plain) }
    ring.append("\rdone\n", role: .plain)
    #expect(lines(ring) == ["done"])
    #expect(ring.byteCount < 100)
  }

  @Test func theOldestLinesAreDroppedWithANote() {
    var ring = RingText(limits: RingText.Limits(lines: 10, bytes: 1 << 20))
    for number in 0..<1500 { ring.append("line \(number)\n", role: .plain) }
    #expect(ring.count == 10)
    #expect(ring.droppedCount == 1490)
    #expect(lines(ring) == ["… 1,490 older lines were dropped"] + (1490..<1500).map { "line \($0)" })
  }

  @Test func bytesAreBounded() {
    var ring = RingText(limits: RingText.Limits(lines: 1000, bytes: 10_000))
    for _ in 0..<500 { ring.append(String(repeating: "x", count: 100) + "\n", role: .plain) }
    #expect(ring.byteCount <= 10_000)
    #expect(ring.count == 75 && ring.droppedCount == 425)
    ring.removeAll()
    #expect(ring.byteCount == 0 && ring.count == 0)
    // Lines that were removed on purpose do not count as dropped.
    #expect(ring.droppedCount == 0 && lines(ring).isEmpty)
  }

  @Test func aLongLineIsKeptInPieces() {
    var ring = RingText()
    let long = String(repeating: "é", count: 10_000)
    ring.append(long, role: .plain)
    ring.append(long + "\n", role: .plain)
    ring.append("short\n", role: .plain)
    #expect(ring.count == 6)
    #expect(ring.plainText == long + long + "\nshort\n")
    ring.removeAll()
    ring.append(line: [Span(long)])
    #expect(ring.plainText == long + "\n")
    #expect(ring.count > 1)
  }

  @Test(.timeLimit(.minutes(1))) func aFloodLeavesItsLastLines() {
    var ring = RingText()
    for number in 0..<200_000 { ring.append("line number \(number)\n", role: .plain) }
    #expect(ring.count == 100_000)
    #expect(ring.droppedCount == 100_000)
  }
}
