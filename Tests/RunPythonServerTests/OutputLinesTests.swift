import PythonSandbox
import Testing

@testable import RunPythonServer

@Suite struct OutputLinesTests {
  private func chunk(_ text: String, _ stream: OutputChunk.Stream = .stdout) -> OutputChunk {
    OutputChunk(stream: stream, text: text)
  }

  @Test func linesAreJoinedAcrossChunks() {
    var lines = OutputLines()
    #expect(lines.push(chunk("a")) == [])
    #expect(
      lines.push(chunk("b\nc\nd")) == [.init(stream: .stdout, text: "ab"), .init(stream: .stdout, text: "c")])
    #expect(lines.finish() == [.init(stream: .stdout, text: "d", isWhole: false)])
    #expect(lines.lines == ["ab", "c", "d"])
  }

  @Test func theStreamsAreApart() {
    var lines = OutputLines()
    _ = lines.push(chunk("out"))
    #expect(lines.push(chunk("err\n", .stderr)) == [.init(stream: .stderr, text: "err")])
    #expect(lines.push(chunk("put\n")) == [.init(stream: .stdout, text: "output")])
    #expect(lines.lines == ["err", "output"])
  }

  @Test func whatWasToldOfALineIsNotToldAgain() {
    var lines = OutputLines()
    _ = lines.push(chunk("é…"))
    #expect(lines.tellPartial() == [.init(stream: .stdout, text: "é…", isWhole: false)])
    #expect(lines.tellPartial() == [])
    _ = lines.push(chunk(" 50 %"))
    #expect(lines.tellPartial() == [.init(stream: .stdout, text: " 50 %", isWhole: false)])
    #expect(lines.push(chunk(" done\n")) == [.init(stream: .stdout, text: " done")])
    #expect(lines.lines == ["é… 50 % done"])
  }

  @Test func aDisplayedValueComesAfterWhatWasWrittenBefore() {
    var lines = OutputLines()
    _ = lines.push(chunk("a"))
    #expect(
      lines.push(chunk("1\n", .display)) == [
        .init(stream: .stdout, text: "a", isWhole: false), .init(stream: .display, text: "1"),
      ])
    #expect(lines.push(chunk("b\n")) == [.init(stream: .stdout, text: "b")])
  }

  @Test func emptyLinesCount() {
    var lines = OutputLines()
    _ = lines.push(chunk("\n\n"))
    #expect(lines.finish() == [])
    #expect(lines.lines == ["", ""])
  }
}
