import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct ModernServerTests {
  static let info: JSON = ["name": "test", "title": "Test", "version": "1"]

  @Test func discovers() async throws {
    try await withServer { peer in
      let answer = try await peer.ask("d", "server/discover", modernParams())
      #expect(
        answer["result"] == [
          "resultType": "complete", "supportedVersions": ["2026-07-28"],
          "capabilities": ["logging": [:], "tools": [:]], "instructions": "Be kind.", "ttlMs": 3_600_000,
          "cacheScope": "public", "_meta": ["io.modelcontextprotocol/serverInfo": Self.info],
        ])
    }
  }

  @Test func servesWithoutAHandshake() async throws {
    try await withServer { peer in
      let list = try await peer.ask(1, "tools/list", modernParams())["result"]
      #expect(list?["resultType"] == "complete")
      #expect(list?["ttlMs"] == 3_600_000)
      #expect(list?["cacheScope"] == "public")
      #expect(list?["tools"]?.arrayValue?.count == TestTools.names.count)
      #expect(list?["_meta"]?["io.modelcontextprotocol/serverInfo"] == Self.info)
      let call = try await peer.ask(
        2, "tools/call", modernParams(["name": "echo", "arguments": ["a": 1]]))["result"]
      #expect(call?["resultType"] == "complete")
      #expect(call?["structuredContent"] == ["a": 1])
      #expect(call?["_meta"]?["io.modelcontextprotocol/serverInfo"] == Self.info)
    }
  }

  @Test(arguments: ["ping", "initialize", "logging/setLevel", "resources/list"])
  func doesNotKnow(_ method: String) async throws {
    try await withServer { peer in
      let answer = try await peer.ask(1, method, modernParams())
      #expect(answer["error"]?["code"] == -32601)
    }
  }

  static let metas: [(JSON?, JSON)] = [
    (nil, -32602), ("x", -32602), ([:], -32602),
    (["io.modelcontextprotocol/protocolVersion": 1], -32602),
    (["io.modelcontextprotocol/protocolVersion": "2026-07-28"], -32602),
    (
      [
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": [],
      ], -32602
    ),
    (
      [
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": [:],
        "io.modelcontextprotocol/clientInfo": ["name": "x"],
      ], -32602
    ),
    (
      [
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": [:], "io.modelcontextprotocol/logLevel": "loud",
      ], -32602
    ),
    (["io.modelcontextprotocol/protocolVersion": "1900-01-01"], -32022),
    (["io.modelcontextprotocol/protocolVersion": "2025-11-25"], -32022),
  ]

  @Test(arguments: metas)
  func checksMeta(_ meta: JSON?, _ code: JSON) async throws {
    try await withServer { peer in
      var params: JSONObject = [:]
      params["_meta"] = meta
      let error = try await peer.ask(1, "server/discover", params)["error"]
      #expect(error?["code"] == code)
      if code == -32022 {
        #expect(error?["data"]?["supported"]?.arrayValue?.first == "2026-07-28")
        #expect(error?["data"]?["requested"] == meta?["io.modelcontextprotocol/protocolVersion"])
      }
    }
  }

  @Test func doesNotNeedToKnowTheClientsName() async throws {
    try await withServer { peer in
      let meta: JSON = [
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": [:],
      ]
      let answer = try await peer.ask(1, "tools/list", ["_meta": meta])
      #expect(answer["result"] != nil)
    }
  }

  @Test func servesBothErasOnOneConnection() async throws {
    try await withServer { peer in
      #expect(try await peer.ask(1, "server/discover", modernParams())["result"] != nil)
      try await peer.initialize("2025-06-18")
      #expect(try await peer.ask(2, "tools/list", modernParams())["result"]?["resultType"] == "complete")
      #expect(try await peer.ask(3, "tools/list")["result"]?["resultType"] == nil)
    }
  }

  static let filter: JSONObject = [
    "notifications": ["toolsListChanged": true, "resourceSubscriptions": ["x"]]
  ]

  @Test func keepsASubscriptionUntilShutdown() async throws {
    try await withServer { peer in
      let bad = try await peer.ask(1, "subscriptions/listen", modernParams())
      #expect(bad["error"]?["code"] == -32602)
      try await peer.request("s", "subscriptions/listen", modernParams(Self.filter))
      let acknowledgement = try await peer.next()
      #expect(acknowledgement["method"] == "notifications/subscriptions/acknowledged")
      #expect(
        acknowledgement["params"] == [
          "_meta": ["io.modelcontextprotocol/subscriptionId": "s"], "notifications": [:],
        ])
      #expect(try await peer.ask(2, "tools/list", modernParams())["result"] != nil)
      peer.transport.finishSending()
      let end = try await peer.next()
      #expect(end["id"] == "s")
      #expect(end["result"]?["resultType"] == "complete")
      #expect(end["result"]?["_meta"]?["io.modelcontextprotocol/subscriptionId"] == "s")
      #expect(await peer.isAtEnd())
    }
  }

  @Test func endsASubscriptionThatIsCancelled() async throws {
    try await withServer { peer in
      try await peer.request(5, "subscriptions/listen", modernParams(Self.filter))
      _ = try await peer.next()
      try await peer.notify("notifications/cancelled", ["requestId": 5])
      _ = try await peer.ask(6, "tools/list", modernParams())
      peer.transport.finishSending()
      #expect(await peer.isAtEnd())
    }
  }
}
