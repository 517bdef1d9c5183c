import Testing

@testable import PythonSandbox

@Suite struct OutputChunkTests {
  @Test(arguments: ["", "é", "\n", "\r\n", "é\né\n"], [0, 1, 99, 100, 101, 250])
  func piecesMakeTheSameText(unit: String, count: Int) {
    for end in ["", "x"] {
      let text = String(repeating: unit, count: count) + end
      let pieces = OutputChunk(stream: .stderr, text: text).pieces
      #expect(pieces.map(\.text).joined() == text)
      #expect(pieces.allSatisfy { $0.stream == .stderr && !$0.text.isEmpty })
      #expect(pieces.allSatisfy { $0.text.utf8.count { $0 == 10 } <= 100 })
    }
  }

  @Test func aLineStaysWholeHoweverLong() {
    let text = String(repeating: "x", count: 100_000) + "\n"
    #expect(OutputChunk(stream: .stdout, text: text).pieces.map(\.text) == [text])
  }

  @Test func aDisplayedValueStaysWhole() {
    let chunk = OutputChunk(stream: .display, text: String(repeating: "x\n", count: 1000))
    #expect(chunk.pieces == [chunk])
  }
}
