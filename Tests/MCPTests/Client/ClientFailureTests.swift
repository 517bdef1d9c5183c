import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct ClientFailureTests {
  /// A client of a legacy server that is played by the script from here on.
  static func withScript(
    timeout: Duration = .seconds(60),
    onNotification: @escaping @Sendable (String, JSONObject) -> Void = { _, _ in },
    _ body: @escaping @Sendable (Client, Peer) async throws -> Void
  ) async throws {
    let (near, far) = InMemoryTransport.pair()
    let peer = Peer(far)
    async let connecting = Client.connect(
      over: near, info: ClientTests.info, protocol: .revision(.v2025_11_25), onNotification: onNotification,
      timeout: timeout)
    try await NegotiationTests.initialize(peer, answering: "2025-11-25")
    _ = try await NegotiationTests.expect(peer, "notifications/initialized")
    let client = try await connecting
    try await body(client, peer)
    await client.close()
  }

  @Test func tellsWaitingCallsThatTheServerIsGone() async throws {
    try await Self.withScript { client, peer in
      async let first = Result { try await client.callTool("a", arguments: [:]) }
      _ = try await peer.next()
      await peer.transport.close()
      let outcome = await first
      let error = #expect(throws: ClientError.self) { try outcome.get() }
      #expect(error == ClientError(.serverGone, "The server closed the connection."))
      let later = await #expect(throws: ClientError.self) { try await client.ping() }
      #expect(later?.code == .serverGone)
    }
  }

  @Test func saysHowAChildEnded() async throws {
    let transport = ChildProcessTransport(command: "/bin/sh", arguments: ["-c", "read line; exit 3"])
    let error = await #expect(throws: ClientError.self) {
      try await Client.connect(over: transport, info: ClientTests.info)
    }
    #expect(error == ClientError(.serverGone, "The server exited with status 3."))
  }

  @Test func saysThatAChildCannotBeStarted() async throws {
    let transport = ChildProcessTransport(command: "mcp-no-such-command")
    let error = await #expect(throws: ClientError.self) {
      try await Client.connect(over: transport, info: ClientTests.info)
    }
    #expect(error?.message == "The command \"mcp-no-such-command\" was not found on the PATH.")
  }

  @Test func givesUpAfterItsTimeButNotOnToolCalls() async throws {
    try await Self.withScript(timeout: .milliseconds(200)) { client, peer in
      async let ping = Result { try await client.ping() }
      let request = try await NegotiationTests.expect(peer, "ping")
      let outcome = await ping
      let error = #expect(throws: ClientError.self) { try outcome.get() }
      #expect(error?.code == .timedOut)
      let cancelled = try await NegotiationTests.expect(peer, "notifications/cancelled")
      #expect(cancelled["params"]?["requestId"] == request["id"])
      // A late answer disturbs nobody.
      try await peer.answer(request["id"], [:])

      async let call = client.callTool("slow", arguments: [:])
      let callRequest = try await NegotiationTests.expect(peer, "tools/call")
      try await Task.sleep(for: .milliseconds(300))
      try await peer.answer(callRequest["id"], ["content": []])
      #expect(try await call.content == [])
    }
  }

  @Test func ignoresStrayLinesAndStrangeMessages() async throws {
    let heard = Recorder<String>()
    try await Self.withScript(onNotification: { method, _ in heard.append(method) }) { client, peer in
      async let ping: Void = client.ping()
      let request = try await peer.next()
      try await peer.send(text: "Starting up ...")
      try await peer.send(text: "{\"jsonrpc\":\"1.0\"}")
      try await peer.answer(99, [:])
      try await peer.answer("0", [:])
      try await peer.send([["jsonrpc": "2.0", "method": "notifications/x"]])
      try await peer.notify("notifications/progress", ["progressToken": 77, "progress": 1])
      try await peer.notify("notifications/message", ["level": "loud", "data": 1])
      try await peer.answer(request["id"], [:])
      try await ping
      #expect(heard.values == ["notifications/x", "notifications/progress", "notifications/message"])
    }
  }

  @Test func answersTheServersRequests() async throws {
    try await Self.withScript { _, peer in
      #expect(try await peer.ask("s1", "ping")["result"] == [:])
      for method in ["roots/list", "elicitation/create", "sampling/createMessage"] {
        let answer = try await peer.ask(1, method)
        #expect(answer["error"]?["code"] == -32601)
      }
    }
  }

  @Test func followsPagesToTheirEnd() async throws {
    try await Self.withScript { client, peer in
      async let tools = client.tools()
      for (cursor, next) in [(nil, "a"), ("a", "b"), ("b", nil)] as [(JSON?, JSON?)] {
        let request = try await NegotiationTests.expect(peer, "tools/list")
        #expect(request["params"]?["cursor"] == cursor)
        var page: JSONObject = ["tools": [["name": next ?? "last", "inputSchema": [:]]]]
        page["nextCursor"] = next
        try await peer.answer(request["id"], .object(page))
      }
      #expect(try await tools.map(\.name) == ["a", "b", "last"])

      async let endless = Result { try await client.tools() }
      for _ in 0..<2 {
        let request = try await NegotiationTests.expect(peer, "tools/list")
        try await peer.answer(request["id"], ["tools": [], "nextCursor": "again"])
      }
      let outcome = await endless
      #expect(throws: ClientError.self) { try outcome.get() }
    }
  }

  @Test func refusesAnAnswerThatIsNoResult() async throws {
    try await Self.withScript { client, peer in
      async let call = Result { try await client.callTool("t", arguments: [:]) }
      let request = try await peer.next()
      try await peer.answer(request["id"], ["text": "hello"])
      let outcome = await call
      let error = #expect(throws: ClientError.self) { try outcome.get() }
      #expect(error?.code == .invalidResponse)
    }
  }

  @Test func failsCallsWhoseAnswerMayHaveBeenTooLarge() async throws {
    let script = """
      read line
      echo '{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-11-25","capabilities":{}}}'
      read line; read line; printf '%02000d\\n' 0; cat >/dev/null
      """
    let transport = ChildProcessTransport(
      command: "/bin/sh", arguments: ["-c", script], maximumMessageBytes: 1000)
    let client = try await Client.connect(
      over: transport, info: ClientTests.info, protocol: .revision(.v2025_11_25))
    let error = await #expect(throws: ClientError.self) { try await client.callTool("t", arguments: [:]) }
    #expect(error?.code == .invalidResponse)
    await client.close()
    #expect(await transport.termination == "exited with status 0")
  }
}
