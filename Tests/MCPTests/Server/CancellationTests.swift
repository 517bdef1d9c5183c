import SystemSupport
import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
  @Test(arguments: [false, true])
  func stopsTheWorkAndSaysNothing(_ isModern: Bool) async throws {
    let tools = TestTools()
    try await withServer(tools) { peer in
      if !isModern { try await peer.initialize("2025-11-25") }
      let call: JSONObject = ["name": "wait"]
      let meta: JSONObject = ["progressToken": 1, "io.modelcontextprotocol/logLevel": "debug"]
      try await peer.request(
        7, "tools/call", isModern ? modernParams(call, meta: meta) : ["name": "wait", "_meta": .object(meta)])
      await tools.waiting.pass()
      try await peer.notify("notifications/cancelled", ["requestId": "7"])
      try await peer.notify("notifications/cancelled", ["requestId": 8])
      try await peer.notify("notifications/cancelled")
      #expect(try await peer.ask("still", "tools/list", isModern ? modernParams() : [:])["result"] != nil)
      #expect(!tools.cancelled.isOpen)
      try await peer.notify("notifications/cancelled", ["requestId": 7, "reason": "enough"])
      await tools.cancelled.pass()
      // The next message is the next answer: neither result nor log nor progress of the cancelled call.
      _ = try await peer.ask("next", "tools/list", isModern ? modernParams() : [:])
      peer.transport.finishSending()
      #expect(await peer.isAtEnd())
    }
  }

  @Test func dropsTheResultOfWorkThatGoesOn() async throws {
    let tools = TestTools()
    try await withServer(tools) { peer in
      try await peer.initialize("2025-11-25")
      try await peer.request(1, "tools/call", ["name": "stubborn"])
      await tools.waiting.pass()
      try await peer.notify("notifications/cancelled", ["requestId": 1])
      _ = try await peer.ask(2, "ping")
      tools.release.open()
      peer.transport.finishSending()
      #expect(await peer.isAtEnd())
    }
  }

  @Test func refusesAnIDThatIsInWork() async throws {
    let tools = TestTools()
    try await withServer(tools) { peer in
      try await peer.initialize("2025-11-25")
      try await peer.request(1, "tools/call", ["name": "wait"])
      await tools.waiting.pass()
      #expect(try await peer.ask(1, "ping")["error"]?["code"] == -32600)
      #expect(try await peer.ask(1, "tools/call", ["name": "echo"])["error"]?["code"] == -32600)
      #expect(try await peer.ask("1", "tools/call", ["name": "echo"])["result"] != nil)
      tools.release.open()
      #expect(try await peer.next()["method"] == "notifications/message")
      #expect(try await peer.next()["result"] != nil)
      #expect(try await peer.ask(1, "tools/call", ["name": "echo"])["result"] != nil)
    }
  }

  @Test func refusesTooManyAtOnce() async throws {
    let tools = TestTools()
    var configuration = TestTools.configuration
    configuration.maximumRequestsInFlight = 1
    try await withServer(tools, configuration: configuration) { peer in
      try await peer.initialize("2025-11-25")
      try await peer.request(1, "tools/call", ["name": "wait"])
      #expect(try await peer.ask(2, "tools/call", ["name": "echo"])["error"]?["code"] == -32603)
      #expect(try await peer.ask(3, "ping")["result"] != nil)
      tools.release.open()
      #expect(try await peer.next()["method"] == "notifications/message")
      #expect(try await peer.next()["id"] == 1)
    }
  }
}
