import Foundation
import MCP
import Testing

@testable import Traffic

/// A log with a clock.
struct Wire {
  var log: TrafficLog
  var time = Date(timeIntervalSince1970: 1000)

  init(limits: TrafficLog.Limits = TrafficLog.Limits()) {
    log = TrafficLog(limits: limits)
  }

  @discardableResult
  mutating func put(_ direction: Direction, _ text: String, after seconds: Double = 0.5) -> TrafficLog.Change
  {
    time += seconds
    return log.append(direction, Array(text.utf8), at: time)
  }

  func exchange(_ number: Int) -> Exchange? { log[number].flatMap { log.exchange(of: $0) } }
}

func request(_ id: String, _ method: String = "ping") -> String {
  #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)"}"#
}

func result(_ id: String, _ value: String = "{}") -> String {
  #"{"jsonrpc":"2.0","id":\#(id),"result":\#(value)}"#
}

func cancellation(_ id: String) -> String {
  #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":\#(id)}}"#
}

@Suite struct ExchangeTests {
  @Test func aResponseEndsItsExchange() throws {
    var wire = Wire()
    wire.put(.sent, request("1", "tools/list"))
    #expect(wire.exchange(0)?.state == .pending)
    #expect(wire.exchange(0)?.latency == nil)
    let change = wire.put(.received, result("1"), after: 0.25)
    #expect(change.touched == [0])
    let exchange = try #require(wire.exchange(0))
    #expect(exchange.state == .done)
    #expect(exchange.latency == 0.25)
    #expect(exchange.request == 0 && exchange.response == 1)
    #expect(wire.exchange(1)?.number == exchange.number)
    #expect(wire.log[1]?.method == "tools/list")
  }

  @Test func bothSidesMayUseTheSameID() {
    var wire = Wire()
    wire.put(.sent, request("1", "tools/call"))
    wire.put(.received, request("1", "elicitation/create"))
    wire.put(.sent, result("1"))
    #expect(wire.exchange(0)?.state == .pending)
    #expect(wire.exchange(1)?.state == .done)
    wire.put(.received, result("1"))
    #expect(wire.exchange(0)?.state == .done)
  }

  @Test func numbersAndStringsAreDifferentIDs() {
    var wire = Wire()
    wire.put(.sent, request("1"))
    wire.put(.received, result("\"1\""))
    #expect(wire.exchange(0)?.state == .pending)
    #expect(wire.log[1]?.items.first?.isOrphan == true)
  }

  @Test(arguments: [
    (#"{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"no"}}"#, Exchange.State.error),
    (result("1", #"{"content":[],"isError":true}"#), .error),
    (result("1", #"{"content":[],"isError":false}"#), .done),
    (result("1", #"{"nested":{"isError":true}}"#), .done),
  ])
  func theResponseDecidesTheState(_ response: String, state: Exchange.State) {
    var wire = Wire()
    wire.put(.sent, request("1"))
    wire.put(.received, response)
    #expect(wire.exchange(0)?.state == state)
  }

  @Test func aCancelledExchangeStaysCancelled() {
    var wire = Wire()
    wire.put(.sent, request("1"))
    wire.put(.received, cancellation("1"))
    #expect(wire.exchange(0)?.state == .pending, "only who asked can cancel")
    let change = wire.put(.sent, cancellation("1"))
    #expect(change.touched == [0])
    #expect(wire.exchange(0)?.state == .cancelled)
    #expect(wire.exchange(2)?.request == 0)
    wire.put(.received, result("1"))
    #expect(wire.exchange(0)?.state == .cancelled)
    #expect(wire.exchange(0)?.response == 3)
  }

  @Test func ofTwoRequestsWithOneIDTheLaterGetsTheResponse() {
    var wire = Wire()
    wire.put(.sent, request("1"))
    wire.put(.sent, request("1"))
    wire.put(.received, result("1"))
    wire.put(.received, result("1"))
    #expect(wire.exchange(0)?.state == .pending)
    #expect(wire.exchange(1)?.state == .done)
    #expect(wire.log[3]?.items.first?.isOrphan == true)
  }

  @Test func messagesOfABatchHaveTheirOwnExchanges() throws {
    var wire = Wire()
    wire.put(.sent, "[\(request("1")),\(request("2"))]")
    wire.put(.received, "[\(result("2")),\(result("9"))]")
    let items = try #require(wire.log[0]?.items)
    #expect(items.compactMap(\.exchange).compactMap { wire.log.exchange($0)?.state } == [.pending, .done])
    #expect(wire.log[1]?.items.map(\.isOrphan) == [false, true])
  }

  @Test func whatHTTPAddsIsKept() {
    var wire = Wire()
    wire.put(.sent, request("1"))
    wire.log.attach(HTTPDetails(status: 200), toRequest: 1)
    wire.log.attach(HTTPDetails(status: 500), toRequest: 2)
    wire.put(.received, result("1"))
    #expect(wire.exchange(1)?.http?.status == 200)
  }
}
