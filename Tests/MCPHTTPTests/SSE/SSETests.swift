import Testing

@testable import MCPHTTP

@Suite struct SSETests {
  @Test func anEventAsItStandsInAStream() {
    let event = SSEEvent(id: "1-2", name: "message", data: "one\ntwo", retry: 500)
    #expect(
      String(decoding: event.encoded, as: UTF8.self)
        == "event: message\nid: 1-2\nretry: 500\ndata: one\ndata: two\n\n")
    #expect(String(decoding: SSEEvent(id: "1-0").encoded, as: UTF8.self) == "id: 1-0\ndata: \n\n")
  }

  static let stream =
    "\u{FEFF}: comment\r\n\r\nid: 1\r\ndata: {\"a\":1}\r\n\r\nevent:other\rdata:x\rdata\rdata:  é\r\rid: 2\ndata\n\n"
    + "id: 3\n\nretry: 250\nretry: no\nunknown: 1\ndata:last\n\ndata: unended\n"
  static let events = [
    SSEEvent(id: "1", data: "{\"a\":1}"), SSEEvent(id: "1", name: "other", data: "x\n\n é"),
    SSEEvent(id: "2"),
    SSEEvent(id: "3", data: "last"),
  ]

  @Test func readsTheSameWhereverTheBytesAreSplit() throws {
    let bytes = Array(Self.stream.utf8)
    for split in 0...bytes.count {
      var parser = SSEParser()
      let found = try parser.push(bytes[..<split]) + parser.push(bytes[split...])
      #expect(found == Self.events, "split at \(split)")
      #expect(parser.lastEventID == "3")
      #expect(parser.retry == 250)
    }
  }

  @Test(arguments: ["", "x", "a\nb", "\n", " leading", "{\"text\":\"é\"}"])
  func whatIsWrittenIsRead(_ data: String) throws {
    var parser = SSEParser()
    let event = SSEEvent(id: "7-1", name: "message", data: data)
    #expect(try parser.push(event.encoded + SSEEvent.keepAlive) == [event])
  }

  @Test(arguments: ["-5", "+5", "5 ", " 5x", ""]) func aPauseHasNothingButDigits(text: String) throws {
    var parser = SSEParser()
    _ = try parser.push(Array("retry: 250\nretry:\(text)\n".utf8))
    #expect(parser.retry == 250)
  }

  /// Each line made a copy of those before it.
  @Test(.timeLimit(.minutes(1))) func anEventOfAMillionLinesIsRead() throws {
    var parser = SSEParser()
    let lines = 1_000_000
    let events = try parser.push(Array(String(repeating: "data\n", count: lines).utf8) + [UInt8(ascii: "\n")])
    #expect(events.map(\.data.utf8.count) == [lines - 1])
  }

  @Test func anEventOverTheLimitIsRefused() throws {
    var parser = SSEParser(maximumEventBytes: 10)
    #expect(try parser.push(Array("data: abcd\n\ndata: abcd\n\n".utf8)).count == 2)
    #expect(throws: SSEParser.Oversized(limit: 10)) { try parser.push(Array("data: abcde".utf8)) }
  }
}
