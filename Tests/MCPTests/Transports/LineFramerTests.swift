import Testing

@testable import MCP

@Suite struct LineFramerTests {
  static let stream = Array("{\"a\":1}\n\r\n  \n{\"b\":2}\r\n\n0123456789x\n[]\nlast".utf8)
  static let messages: [Incoming] = [
    message("{\"a\":1}"), message("{\"b\":2}"), .oversized(byteCount: 11), message("[]"), message("last"),
  ]

  static func message(_ text: String) -> Incoming { .message(Array(text.utf8)) }

  @Test func cutsTheSameWhereverTheBytesAreSplit() {
    for first in 0...Self.stream.count {
      for second in first...Self.stream.count {
        var framer = LineFramer(maximumMessageBytes: 10)
        var found = framer.push(Self.stream[..<first])
        found += framer.push(Self.stream[first..<second])
        found += framer.push(Self.stream[second...])
        if let last = framer.finish() { found.append(last) }
        #expect(found == Self.messages, "split at \(first) and \(second)")
      }
    }
  }

  @Test(arguments: ["\n", "\r\n"])
  func takesAMessageOfExactlyTheLimit(_ end: String) {
    var framer = LineFramer(maximumMessageBytes: 3)
    #expect(
      framer.push(Array("abc\(end)abcd\(end)abc\(end)".utf8)) == [
        Self.message("abc"), .oversized(byteCount: 4), Self.message("abc"),
      ])
  }

  @Test func countsWithoutStoring() {
    var framer = LineFramer(maximumMessageBytes: 8)
    let chunk = [UInt8](repeating: 0x61, count: 1 << 20)
    for _ in 0..<8 {
      #expect(framer.push(chunk).isEmpty)
      #expect(framer.storedByteCount <= 9)
    }
    #expect(framer.push(Array("\nok\n".utf8)) == [.oversized(byteCount: 8 << 20), Self.message("ok")])
  }

  @Test func endsWithoutALastLine() {
    var framer = LineFramer(maximumMessageBytes: 8)
    #expect(framer.push(Array("a\n".utf8)) == [Self.message("a")])
    #expect(framer.finish() == nil)
  }
}
