import Foundation
import MCP
import Testing

@testable import Traffic

@Suite struct TrafficLogTests {
  @Test func theOldestEntriesAreDropped() {
    var wire = Wire(limits: TrafficLog.Limits(entries: 10, bytes: 1 << 20))
    for id in 0..<25 { wire.put(.sent, request("\(id)")) }
    #expect(wire.log.count == 10)
    #expect(wire.log.droppedCount == 15)
    #expect(wire.log.numbers == 15..<25)
    #expect(wire.log[14] == nil)
    #expect(wire.log[15]?.id == 15)
    #expect(wire.log.byteCount == wire.log.numbers.reduce(0) { $0 + (wire.log[$1]?.size ?? 0) })
    // A response to a request that was dropped.
    wire.put(.received, result("3"))
    #expect(wire.log[25]?.items.first?.isOrphan == true)
    wire.put(.received, result("24"))
    #expect(wire.exchange(24)?.state == .done)
  }

  @Test func aResponseKeepsItsExchangeWhenTheRequestIsDropped() {
    var wire = Wire(limits: TrafficLog.Limits(entries: 3, bytes: 1 << 20))
    wire.put(.sent, request("1"))
    wire.put(.received, result("1"), after: 0.25)
    wire.put(.sent, request("2"))
    wire.put(.sent, request("3"))
    #expect(wire.log[0] == nil)
    #expect(wire.exchange(1)?.latency == 0.25)
    for id in 4..<8 { wire.put(.sent, request("\(id)")) }
    #expect(wire.log.exchange(0) == nil && wire.log.exchange(3) == nil && wire.log.exchange(4) != nil)
  }

  @Test func bytesAreBoundedButTheNewestIsKept() {
    var wire = Wire(limits: TrafficLog.Limits(entries: 100, bytes: 1000))
    for _ in 0..<10 { wire.put(.received, String(repeating: "x", count: 300)) }
    #expect(wire.log.count == 3)
    wire.put(.received, String(repeating: "y", count: 5000))
    #expect(wire.log.count == 1)
    #expect(wire.log.byteCount == 5000)
  }

  @Test func marksGoWithTheirEntries() {
    var wire = Wire(limits: TrafficLog.Limits(entries: 2, bytes: 1000))
    wire.put(.sent, "a")
    wire.put(.sent, "b")
    wire.log.toggleMark(0)
    wire.log.toggleMark(1)
    wire.log.toggleMark(9)
    #expect((0..<10).filter(wire.log.isMarked) == [0, 1])
    wire.log.toggleMark(1)
    wire.put(.sent, "c")
    #expect((0..<10).allSatisfy { !wire.log.isMarked($0) })
    #expect(!wire.log.isMarked(0))
  }

  @Test func aRequestIsSentAgainWithANewID() throws {
    var wire = Wire()
    wire.put(.sent, #"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"é"}}"#)
    wire.put(.received, result("1"))
    #expect(
      wire.log.resendText(0, id: "new") == #"{"jsonrpc":"2.0","id":"new","method":"ping","params":{"a":"é"}}"#
    )
    #expect(wire.log.resendText(1, id: "new") == nil)
    #expect(wire.log.resendText(2, id: "new") == nil)
  }
}
