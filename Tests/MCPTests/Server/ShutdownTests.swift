import SystemSupport
import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct ShutdownTests {
  @Test func letsCallsFinishAtTheEndOfInput() async throws {
    let tools = TestTools()
    try await withServer(tools) { peer in
      try await peer.initialize("2025-11-25")
      try await peer.request(1, "tools/call", ["name": "wait"])
      await tools.waiting.pass()
      peer.transport.finishSending()
      tools.release.open()
      #expect(try await peer.next()["method"] == "notifications/message")
      #expect(try await peer.next()["result"] != nil)
      #expect(await peer.isAtEnd())
      #expect(!tools.cancelled.isOpen)
    }
  }

  @Test func cancelsCallsWhenTheirTimeIsOver() async throws {
    let tools = TestTools()
    var configuration = TestTools.configuration
    configuration.drainPeriod = .milliseconds(20)
    try await withServer(tools, configuration: configuration) { peer in
      try await peer.initialize("2025-11-25")
      try await peer.request(1, "tools/call", ["name": "wait"])
      await tools.waiting.pass()
      peer.transport.finishSending()
      await tools.cancelled.pass()
      #expect(try await peer.next()["method"] == "notifications/message")
      let answer = try await peer.next()
      #expect(answer["id"] == 1)
      #expect(answer["error"]?["code"] == -32603)
      #expect(await peer.isAtEnd())
    }
  }

  @Test func cancelsCallsAtOnceWhenNobodyReadsAnyMore() async throws {
    let tools = TestTools()
    var configuration = TestTools.configuration
    configuration.drainPeriod = .seconds(1000)
    try await withServer(tools, configuration: configuration) { peer in
      try await peer.initialize("2025-11-25")
      try await peer.request(1, "tools/call", ["name": "wait"])
      await tools.waiting.pass()
      await peer.transport.close()
      await tools.cancelled.pass()
    }
  }

  @Test func endsWhenWritingFails() async throws {
    struct DeafTransport: Transport {
      let base: InMemoryTransport
      var incoming: AsyncStream<Incoming> { base.incoming }
      func send(_ message: [UInt8]) async throws { throw TransportError.closed }
      func close() async { await base.close() }
    }
    let (client, server) = InMemoryTransport.pair()
    let tools = TestTools()
    let serving = Task {
      await Server(configuration: TestTools.configuration, handler: tools)
        .serve(over: DeafTransport(base: server))
    }
    let peer = Peer(client)
    try await peer.request(1, "tools/call", modernParams(["name": "wait"]))
    await tools.waiting.pass()
    try await peer.request(2, "tools/list", modernParams())
    await tools.cancelled.pass()
    await serving.value
    #expect(await peer.isAtEnd())
  }

  @Test func endsWhenItsTaskIsCancelled() async throws {
    let (client, server) = InMemoryTransport.pair()
    let tools = TestTools()
    let serving = Task {
      await Server(configuration: TestTools.configuration, handler: tools).serve(over: server)
    }
    let peer = Peer(client)
    try await peer.request(1, "tools/call", modernParams(["name": "wait"]))
    await tools.waiting.pass()
    serving.cancel()
    await serving.value
    #expect(tools.cancelled.isOpen)
    await #expect(throws: TransportError.closed) { try await client.send([]) }
  }
}
