import Foundation
import MCP
import Testing
import Traffic

@Suite struct TraceRecordTests {
  @Test func aLineReadsBackAsTheSameRecord() throws {
    let time = Date(timeIntervalSince1970: 1_790_000_000.125)
    let message = Array(#"{"jsonrpc":"2.0","method":"é\n"}"#.utf8)
    let record = TraceRecord(time: time, direction: .received, message: message)
    #expect(record.line.last == UInt8(ascii: "\n"))
    #expect(record.line.count { $0 == UInt8(ascii: "\n") } == 1)
    let read = try #require(TraceRecord(line: record.line.dropLast()))
    #expect(read.direction == .received)
    #expect(Array(read.text.utf8) == message)
    #expect(abs(read.time.timeIntervalSince(time)) < 0.001)
  }

  /// Seconds are seldom exact as numbers, and what was cut made a trace older each time that it was saved.
  @Test func everyMillisecondReadsBackAsItself() throws {
    for milliseconds in 0..<1000 {
      let text = String(milliseconds + 1000).dropFirst()
      let line = #"{"time":"2026-11-22T15:45:01.\#(text)Z","direction":"sent","text":""}"# + "\n"
      let record = try #require(TraceRecord(line: line.utf8))
      #expect(String(decoding: record.line, as: UTF8.self) == line)
    }
  }

  @Test(arguments: [
    "", "{}", #"{"time":"yesterday","direction":"sent","text":""}"#, #"{"direction":"up"}"#,
    #"{"time":"202612-01-02T15:45:01.123Z","direction":"sent","text":""}"#,
  ])
  func otherLinesAreNone(line: String) {
    #expect(TraceRecord(line: line.utf8) == nil)
  }
}
