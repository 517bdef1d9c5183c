import Foundation
import MCP
import Testing

@testable import Traffic

@Suite struct ReplayTests {
  @Test func aSavedLogIsReadBack() throws {
    var wire = Wire()
    wire.put(.sent, request("1"))
    wire.put(.received, result("1"), after: 0.25)
    wire.put(.received, "stray", after: 10)
    let replay = Replay(file: wire.log.trace)
    #expect(replay.badLines.isEmpty)
    #expect(replay.steps.map { ($0.delay * 1000).rounded() } == [0, 250, 10_000])
    let log = TrafficLog(replay.steps.map(\.record))
    #expect(log.count == 3)
    #expect(log[0].flatMap { log.exchange(of: $0) }?.state == .done)
    #expect(log[2]?.kind == .invalid)
    #expect(log.trace == wire.log.trace)
  }

  @Test func timeIsShortenedAndNeverGoesBack() {
    var wire = Wire()
    wire.put(.sent, "a")
    wire.put(.sent, "b", after: 8)
    wire.put(.sent, "c", after: -5)
    let replay = Replay(file: wire.log.trace, speed: 2, longestPause: 3)
    #expect(replay.steps.map(\.delay) == [0, 1.5, 0])
  }

  @Test func linesThatAreNoRecordsAreTold() {
    var wire = Wire()
    wire.put(.sent, "a")
    let file = Array("not json\n\n".utf8) + wire.log.trace + Array("{}\n".utf8)
    let replay = Replay(file: file)
    #expect(replay.steps.map(\.record.text) == ["a"])
    #expect(replay.badLines == [1, 4])
  }
}
