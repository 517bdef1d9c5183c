import Testing

@testable import ReplShell

@Suite struct LineSplitterTests {
  @Test(arguments: 1...9) func linesAreTheSameHoweverTheInputIsCut(size: Int) {
    let bytes = Array("one\n\ntwo é\nlast".utf8)
    var splitter = LineSplitter()
    var lines: [[UInt8]] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      lines += splitter.push(bytes[start..<min(start + size, bytes.count)])
    }
    #expect(lines == ["one", "", "two é"].map { Array($0.utf8) })
    #expect(splitter.finish() == Array("last".utf8))
    #expect(splitter.finish() == nil)
  }
}
