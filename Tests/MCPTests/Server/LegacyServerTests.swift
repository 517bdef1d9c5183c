import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct LegacyServerTests {
  static let legacy = Revision.allCases.filter { $0.era == .legacy }

  @Test(arguments: legacy)
  func shakesHandsAndServes(_ revision: Revision) async throws {
    try await withServer { peer in
      let result = try await peer.initialize(revision.rawValue)["result"]
      #expect(result?["protocolVersion"] == .string(revision.rawValue))
      #expect(result?["capabilities"] == ["logging": [:], "tools": [:]])
      #expect(result?["serverInfo"]?["name"] == "test")
      #expect((result?["serverInfo"]?["title"] != nil) == (revision >= .v2025_06_18))
      #expect(result?["instructions"] == "Be kind.")
      #expect(result?["_meta"] == nil)

      let list = try await peer.ask(1, "tools/list")["result"]
      #expect(list?.objectValue?.count == 1)
      #expect(list?["tools"]?.arrayValue?.count == TestTools.names.count)
      #expect((list?["tools"]?[0]?["title"] != nil) == (revision >= .v2025_06_18))

      let call = try await peer.ask("1", "tools/call", ["name": "echo", "arguments": ["a": [1]]])
      #expect(call["result"]?["content"] == [["type": "text", "text": #"{"a":[1]}"#]])
      #expect((call["result"]?["structuredContent"] != nil) == (revision >= .v2025_06_18))
      #expect(call["result"]?["resultType"] == nil)
      #expect(try await peer.ask(2, "ping")["result"] == [:])
    }
  }

  @Test(arguments: ["2026-07-28", "2023-01-01", "", "x"])
  func offersTheNewestLegacyRevisionForAnyOther(_ version: String) async throws {
    try await withServer { peer in
      let result = try await peer.initialize(version)["result"]
      #expect(result?["protocolVersion"] == "2025-11-25")
    }
  }

  @Test func wantsInitializeFirstButForPing() async throws {
    try await withServer { peer in
      #expect(try await peer.ask("p", "ping")["result"] == [:])
      for method in ["tools/list", "tools/call", "logging/setLevel", "nonsense"] {
        let error = try await peer.ask(1, method)["error"]
        #expect(error?["code"] == -32600)
        #expect(error?["message"]?.stringValue?.contains("initialize") == true)
      }
      try await peer.initialize("2025-06-18")
      #expect(
        try await peer.ask(2, "initialize", ["protocolVersion": "2025-06-18"])["error"]?["code"] == -32600)
      #expect(try await peer.ask(3, "tools/list")["result"] != nil)
    }
  }

  @Test func answersErrors() async throws {
    try await withServer { peer in
      #expect(try await peer.ask(9, "initialize", ["capabilities": [:]])["error"]?["code"] == -32602)
      try await peer.initialize("2025-11-25")
      let table: [(String, JSONObject, JSON, String)] = [
        ("nonsense", [:], -32601, "Method not found: nonsense"),
        ("subscriptions/listen", [:], -32601, "Method not found"),
        ("tools/list", ["cursor": "x"], -32602, "Invalid cursor"),
        ("tools/call", [:], -32602, "\"name\""),
        ("tools/call", ["name": 7], -32602, "\"name\""),
        ("tools/call", ["name": "x"], -32602, "Unknown tool: x"),
        ("tools/call", ["name": "echo", "arguments": [1]], -32602, "\"arguments\""),
        ("tools/call", ["name": "refuse"], -32602, "No such argument."),
        ("tools/call", ["name": "fail"], -32603, "The request failed: the disk is on fire"),
        ("logging/setLevel", [:], -32602, "\"level\" must be one of debug"),
        ("logging/setLevel", ["level": "loud"], -32602, "emergency"),
      ]
      for (method, params, code, message) in table {
        let error = try await peer.ask(1, method, params)["error"]
        #expect(error?["code"] == code, "\(method) \(params)")
        #expect(error?["message"]?.stringValue?.contains(message) == true, "\(method) \(params)")
      }
      let result = try await peer.ask(2, "tools/call", ["name": "toolError", "arguments": nil])["result"]
      #expect(result?["isError"] == true)
    }
  }

  @Test func livesOnAfterRubbish() async throws {
    try await withServer { peer in
      let table: [(String, JSON, JSON?)] = [
        ("{", -32700, nil), ("nonsense", -32700, nil), ("1", -32600, nil), ("[]", -32600, nil),
        (#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, -32600, nil),
        (#"{"id":4,"method":"ping"}"#, -32600, 4),
        (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600, nil),
        (#"{"jsonrpc":"2.0","id":"a","method":"ping","params":[]}"#, -32600, "a"),
      ]
      for (text, code, id) in table {
        try await peer.send(text: text)
        let answer = try await peer.next()
        #expect(answer["error"]?["code"] == code, "\(text)")
        #expect(answer["id"] == id, "\(text)")
      }
      // None of these is answered.
      try await peer.send(text: #"{"jsonrpc":"2.0","id":7,"result":{}}"#)
      try await peer.send(text: #"{"jsonrpc":"2.0","id":7,"error":{"code":1,"message":"x"}}"#)
      try await peer.send(text: #"{"jsonrpc":"2.0","id":7,"error":"x"}"#)
      try await peer.notify("notifications/nonsense")
      #expect(try await peer.ask(5, "ping")["result"] == [:])
    }
  }

  @Test func answersAnUnreadableIDWithNullWhereTheSchemaDemandsAnID() async throws {
    try await withServer { peer in
      try await peer.initialize("2025-06-18")
      try await peer.send(text: "{")
      #expect(try await peer.next()["id"] == .null)
    }
  }
}
