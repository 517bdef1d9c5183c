import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct LoggingTests {
  /// Sends a request and returns the levels logged until its answer.
  static func levels(_ peer: Peer, _ id: RequestID, _ params: JSONObject) async throws -> [String] {
    try await peer.request(id, "tools/call", params)
    var levels: [String] = []
    while true {
      let message = try await peer.next()
      guard message["method"] == "notifications/message" else {
        #expect(message["id"] == id.json)
        return levels
      }
      #expect(message["params"]?["logger"] == "test")
      #expect(message["params"]?["data"] == message["params"]?["level"])
      #expect(message["params"]?["_meta"] == ["k": 1])
      levels.append(message["params"]?["level"]?.stringValue ?? "")
    }
  }

  @Test func followsTheSessionsLevel() async throws {
    try await withServer { peer in
      try await peer.initialize("2025-11-25")
      #expect(try await Self.levels(peer, 1, ["name": "log"]) == ["emergency"])
      for level in LogLevel.allCases {
        #expect(
          try await peer.ask(2, "logging/setLevel", ["level": .string(level.rawValue)])["result"] == [:])
        #expect(
          try await Self.levels(peer, 3, ["name": "log"])
            == LogLevel.allCases.filter { $0 >= level }.map(\.rawValue))
      }
    }
  }

  @Test func followsTheRequestsLevelInTheModernEra() async throws {
    try await withServer { peer in
      let silent = try await Self.levels(peer, 1, modernParams(["name": "log"]))
      #expect(silent.isEmpty)
      let warned = try await Self.levels(
        peer, 2, modernParams(["name": "log"], meta: ["io.modelcontextprotocol/logLevel": "alert"]))
      #expect(warned == ["alert", "emergency"])
    }
  }

  @Test func followsALevelThatChangesDuringARun() async throws {
    struct Levels: ToolHandler {
      let seen: AsyncStream<Bool>.Continuation
      let go: AsyncStream<Void>
      func call(_ call: ToolCall, in context: CallContext) async throws -> ToolResult {
        seen.yield(context.wantsLog(at: .debug))
        for await _ in go { seen.yield(context.wantsLog(at: .debug)) }
        return ToolResult(content: [])
      }
    }
    let (seen, sawLevel) = AsyncStream.makeStream(of: Bool.self)
    let (go, letGo) = AsyncStream.makeStream(of: Void.self)
    let (client, server) = InMemoryTransport.pair()
    var configuration = TestTools.configuration
    configuration.tools = [Tool(name: "t", inputSchema: ["type": "object"])]
    let serving = Task { [configuration] in
      await Server(configuration: configuration, handler: Levels(seen: sawLevel, go: go)).serve(over: server)
    }
    let peer = Peer(client)
    try await peer.initialize("2025-03-26")
    try await peer.request(1, "tools/call", ["name": "t"])
    var levels = seen.makeAsyncIterator()
    #expect(await levels.next() == false)
    _ = try await peer.ask(2, "logging/setLevel", ["level": "debug"])
    letGo.yield()
    #expect(await levels.next() == true)
    letGo.finish()
    #expect(try await peer.next()["id"] == 1)
    await client.close()
    await serving.value
  }

  @Test func reportsProgressOnlyToThoseWhoAsk() async throws {
    try await withServer { peer in
      try await peer.initialize("2025-06-18")
      _ = try await peer.ask(1, "tools/call", ["name": "progress"])
      _ = try await peer.ask(2, "tools/call", ["name": "progress", "_meta": ["progressToken": 1.5]])
      for token in ["abc", 7] as [JSON] {
        try await peer.request(3, "tools/call", ["name": "progress", "_meta": ["progressToken": token]])
        let first = try await peer.next()
        #expect(first["method"] == "notifications/progress")
        #expect(
          first["params"] == ["progressToken": token, "progress": 1, "total": 2, "message": "half"])
        #expect(try await peer.next()["params"] == ["progressToken": token, "progress": 2])
        #expect(try await peer.next()["id"] == 3)
      }
    }
  }

  @Test func sendsAllMessagesInOrderAndBeforeTheResult() async throws {
    try await withServer { peer in
      try await peer.initialize("2025-06-18")
      try await peer.request(1, "tools/call", ["name": "flood", "arguments": ["count": 20_000]])
      for number in 0..<20_000 {
        let data = try await peer.next()["params"]?["data"]
        if data != .integer(number) {
          Issue.record("expected \(number), got \(data?.text ?? "nothing")")
          return
        }
      }
      #expect(try await peer.next()["id"] == 1)
    }
  }
}
