import Foundation
import MCP
import Testing

@testable import Traffic

@Suite struct FilterTests {
  private var wire: Wire {
    var wire = Wire()
    wire.put(
      .sent,
      #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"run_python_code","arguments":{"c":"Hi there"}}}"#
    )
    wire.put(
      .received,
      #"{"jsonrpc":"2.0","method":"notifications/message","params":{"logger":"stdout","data":"x"}}"#)
    wire.put(.received, result("7"), after: 0.75)
    wire.put(.received, "stray | \"text\"")
    wire.put(.sent, request("\"a b\"", "resources/list"))
    wire.put(.received, #"{"jsonrpc":"2.0","id":"zz","error":{"code":1,"message":"m"}}"#)
    wire.log.toggleMark(1)
    return wire
  }

  @Test(arguments: [
    ("", [0, 1, 2, 3, 4, 5]),
    ("method:tools", [0, 2]),
    ("method:TOOLS", []),
    ("method:message", [1]),
    ("tool:python", [0, 2]),
    ("tool:stdout", []),
    ("logger:stdout", [1]),
    ("logger:python", []),
    ("id:7", [0, 2]),
    ("id:\"a b\"", [4]),
    ("dir:sent", [0, 4]),
    ("dir:in", [1, 2, 3, 5]),
    ("kind:request", [0, 4]),
    ("kind:invalid", [3]),
    ("kind:error", [5]),
    ("kind:batch", []),
    ("status:done", [0, 2]),
    ("status:pending", [4]),
    ("duration:>500ms", [0, 2]),
    ("duration:<0.5s", []),
    ("duration:>1m", []),
    ("size:>80", [0, 1]),
    ("size:<0.02k", [3]),
    ("is:marked", [1]),
    ("is:orphan", [5]),
    ("hi", [0]),
    ("Hi", [0]),
    ("HI", []),
    ("\"hi there\"", [0]),
    ("hi there", [0]),
    ("hi x", []),
    ("-kind:request -kind:invalid", [1, 2, 5]),
    ("!dir:sent", [1, 2, 3, 5]),
    ("kind:request status:pending", [4]),
    ("kind:invalid | is:marked", [1, 3]),
    ("kind:request tool:run | kind:error", [0, 5]),
    ("\" | \"", [3]),
    ("\"\\\"text\\\"\"", [3]),
    ("METHOD:tools", [0, 2]),
  ])
  func matches(_ source: String, _ numbers: [Int]) throws {
    let filter = try Filter(source)
    let log = wire.log
    #expect(log.numbers.filter { log[$0].map { filter.matches($0, in: log) } ?? false } == numbers)
  }

  @Test(arguments: [
    ("foo:bar", 0, "There is no key \"foo:\""),
    ("kind:request foo:bar", 13, "There is no key"),
    ("kind:", 5, "A value is missing after \"kind:\"."),
    ("-", 1, "A term is missing."),
    ("kind:reqest", 5, "\"kind:\" takes request, response"),
    ("dir:up", 4, "\"dir:\" takes sent or received."),
    ("duration:500ms", 9, "\"<\" or \">\" is missing before \"500ms\"."),
    ("duration:>fast", 9, "\"fast\" is not a number with one of the units"),
    ("duration:>5h", 9, "\"5h\" is not a number"),
    ("a \"b", 2, "The quote is not closed."),
    ("| a", 0, "A term is missing before \"|\"."),
    ("a |", 3, "A term is missing after \"|\"."),
    ("a | | b", 4, "A term is missing before \"|\"."),
  ])
  func errorsSayWhatAndWhere(_ source: String, _ position: Int, _ sentence: String) {
    #expect {
      try Filter(source)
    } throws: { error in
      let error = error as? FilterError
      return error?.position == position && error?.reason.hasPrefix(sentence) == true
    }
  }
}

@Suite struct FilteredListTests {
  private func numbers(_ list: FilteredList) -> [Int] { (0..<list.count).compactMap { list[$0] } }

  /// The list that follows is the list that is made anew, at every moment.
  @Test(arguments: [
    "", "status:pending", "status:done kind:request", "-status:done", "duration:>1s", "dir:received",
  ])
  func followsTheLog(_ source: String) throws {
    let filter = try Filter(source)
    var wire = Wire(limits: TrafficLog.Limits(entries: 40, bytes: 1 << 20))
    var followed = FilteredList()
    followed.apply(filter, to: wire.log)
    for step in 0..<200 {
      let id = "\(step / 2)"
      let change =
        step % 3 == 2
        ? wire.put(.received, result("\((step * 7) % 60)"), after: 0.3)
        : wire.put(.sent, request(id), after: 0.2)
      followed.follow(change, in: wire.log)
      var anew = FilteredList()
      anew.apply(filter, to: wire.log)
      #expect(numbers(followed) == numbers(anew))
    }
    #expect(wire.log.droppedCount == 160)
    #expect(followed[-1] == nil && followed[followed.count] == nil)
  }

  @Test func findsPositions() throws {
    var wire = Wire()
    for id in 0..<10 { wire.put(id.isMultiple(of: 2) ? .sent : .received, request("\(id)")) }
    var list = FilteredList()
    list.apply(try Filter("dir:sent"), to: wire.log)
    #expect(numbers(list) == [0, 2, 4, 6, 8])
    #expect(list.position(of: 4) == 2)
    #expect(list.position(of: 5) == 3)
    #expect(list.position(of: 99) == 5)
  }
}
