import Testing

@testable import PythonSandbox

@Suite struct DiagnosticLinesTests {
  @Test(arguments: [1, 2, 3, 100]) func linesComeWholeAndEscaped(size: Int) {
    var lines = DiagnosticLines()
    let bytes = Array("one\n\n\u{1b}[31mtwo\nthree".utf8)
    var told: [String] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      told += lines.push(bytes[start..<min(start + size, bytes.count)])
    }
    #expect(told == ["one", "\\x1b[31mtwo"])
    #expect(lines.end() == ["three"])
    #expect(!lines.isFlooded)
  }

  @Test func aLongLineIsCut() {
    var lines = DiagnosticLines()
    for _ in 0..<100 { #expect(lines.push([UInt8](repeating: UInt8(ascii: "x"), count: 1000)) == []) }
    #expect(lines.push(Array("\nnext\n".utf8)).map(\.count) == [1001, 4])
  }

  @Test func aFloodIsToldFromTheFirstByteTooMany() {
    var lines = DiagnosticLines()
    _ = lines.push([UInt8](repeating: UInt8(ascii: "\n"), count: DiagnosticLines.most))
    #expect(!lines.isFlooded)
    _ = lines.push([0])
    #expect(lines.isFlooded)
  }
}
