import SystemSupport
import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct BatchTests {
  @Test func answersABatchInOneArray() async throws {
    let tools = TestTools()
    try await withServer(tools) { peer in
      try await peer.initialize("2025-03-26")
      try await peer.send([
        ["jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": ["name": "wait"]],
        ["jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": ["name": "stubborn"]],
        ["jsonrpc": "2.0", "id": 3, "method": "ping"], ["jsonrpc": "2.0", "id": 4, "method": "nonsense"],
        ["jsonrpc": "2.0", "id": 5, "result": [:]], [["jsonrpc": "2.0"]], 7,
        ["jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": 1]],
      ])
      await tools.cancelled.pass()
      tools.release.open()
      // The log message of "stubborn" goes its own way.
      #expect(try await peer.next()["method"] == "notifications/message")
      let answers = try await peer.next().arrayValue ?? []
      let byID = Dictionary(grouping: answers) { $0["id"]?.text ?? "none" }
      #expect(Set(byID.keys) == ["2", "3", "4", "null"])
      #expect(byID["2"]?.first?["result"] != nil)
      #expect(byID["3"]?.first?["result"] == [:])
      #expect(byID["4"]?.first?["error"]?["code"] == -32601)
      #expect(byID["null"]?.map { $0["error"]?["code"] } == [-32600, -32600])
    }
  }

  @Test func handlesNotificationsWithoutAnAnswer() async throws {
    try await withServer { peer in
      try await peer.initialize("2025-03-26")
      try await peer.send([["jsonrpc": "2.0", "method": "notifications/initialized"]])
      #expect(try await peer.ask(1, "ping")["result"] == [:])
      try await peer.send([])
      #expect(try await peer.next()["error"]?["code"] == -32600)
    }
  }

  @Test func refusesInitializeInABatch() async throws {
    try await withServer { peer in
      let initialize: JSON = [
        "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": ["protocolVersion": "2025-03-26"],
      ]
      try await peer.send([initialize])
      #expect(try await peer.next()["error"]?["code"] == -32600)
      try await peer.initialize("2025-03-26")
      try await peer.send([initialize])
      #expect(try await peer.next()[0]?["error"]?["code"] == -32600)
    }
  }

  @Test(arguments: ["2024-11-05", "2025-06-18", "2025-11-25"])
  func refusesBatchesInOtherRevisions(_ version: String) async throws {
    try await withServer { peer in
      try await peer.initialize(version)
      try await peer.send([["jsonrpc": "2.0", "id": 1, "method": "ping"]])
      #expect(try await peer.next()["error"]?["code"] == -32600)
      #expect(try await peer.ask(1, "ping")["result"] == [:])
    }
  }
}
