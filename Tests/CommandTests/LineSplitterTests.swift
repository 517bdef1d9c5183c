import Testing

@testable import mcp_run_python

@Suite struct LineSplitterTests {
  @Test(arguments: 1...9) func linesAreTheSameHoweverTheInputIsCut(size: Int) {
    let bytes = Array("one\n\ntwo é\nlast".utf8)
    var splitter = LineSplitter()
    var lines: [String] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      lines += splitter.push(bytes[start..<min(start + size, bytes.count)])
    }
    #expect(lines == ["one", "", "two é"])
    #expect(splitter.finish() == "last")
    #expect(splitter.finish() == nil)
  }
}
