import Testing

@testable import MCPHTTP

@Suite struct EventLogTests {
  @Test func givesWhatCameAfterAnEvent() {
    var log = EventLog(limit: 100)
    for text in ["a", "b", "c"] { log.append(Array(text.utf8), answer: nil) { _ in false } }
    #expect(log.events(after: 0).map(\.number) == [1, 2, 3])
    #expect(log.events(after: 2).map(\.message) == [Array("c".utf8)])
    #expect(log.events(after: 3).isEmpty)
    #expect(log.events(after: 99).isEmpty)
    #expect(log.bytes(after: 1) == 2)
  }

  @Test func forgetsTheOldestPastTheLimitButNotTheLast() {
    var log = EventLog(limit: 10)
    for _ in 0..<5 { log.append([UInt8](repeating: 0, count: 4), answer: nil) { _ in false } }
    #expect(log.events(after: 0).map(\.number) == [4, 5])
    #expect(log.byteCount == 8)
    log.append([UInt8](repeating: 0, count: 1000), answer: .init(error: nil)) { _ in false }
    #expect(log.events(after: 0).map(\.number) == [6])
  }

  @Test func keepsWhatIsNeeded() {
    var log = EventLog(limit: 10)
    for _ in 0..<5 { log.append([UInt8](repeating: 0, count: 4), answer: nil) { $0 > 2 } }
    #expect(log.events(after: 0).map(\.number) == [3, 4, 5])
  }

  @Test(arguments: ["0-0", "12-345"])
  func eventIDsReadWhatTheyWrite(_ text: String) { #expect(EventID(text)?.text == text) }

  @Test(arguments: [
    "", "-", "1", "1-", "-1", "1-2-3", "01-2", "1-+2", " 1-2", "1--2", "é-1", "99999999999999999999-1",
  ])
  func nothingElseIsAnEventID(_ text: String) { #expect(EventID(text) == nil) }
}
