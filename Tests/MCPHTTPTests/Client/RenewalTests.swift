import MCP
import SystemSupport
import Testing

@testable import MCPHTTP

@Suite struct RenewalTests {
  /// The calls meet the end of their session at the same time. One comes while another session is opened, and
  /// one had begun.
  @Test(.timeLimit(.minutes(1))) func aLostSessionIsReplacedOnceForAllThatMeetItsEnd() async throws {
    let refused = (1...8).map { RequestID.integer($0) }
    let begun: RequestID = "begun"
    let late: RequestID = "late"
    let server = ForgetfulServer(crowd: refused.count + 1)
    try await server.whileServing { url in
      let transport = HTTPClientTransport(HTTPTarget(url: url))
      var incoming = transport.incoming.makeAsyncIterator()
      try await transport.send(
        Self.request("first", "initialize", ["protocolVersion": "2025-11-25", "capabilities": [:]]))
      _ = await incoming.next()
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await transport.send(Self.call(begun, ForgetfulServer.begun)) }
        for id in refused { group.addTask { try await transport.send(Self.call(id, "any")) } }
        try await group.waitForAll()
      }
      await server.isRenewing.pass()
      try await transport.send(Self.call(late, "any"))
      server.mayRenew.open()

      var answers: [RequestID: Bool] = [:]
      while answers.count < refused.count + 2, case .message(let bytes)? = await incoming.next() {
        switch try Message(JSON(parsing: bytes)) {
        case .result(let id, _): answers[id] = true
        case .error(let id?, _): answers[id] = false
        default: break
        }
      }
      let expected = Dictionary(
        uniqueKeysWithValues: (refused + [late]).map { ($0, true) } + [(begun, false)])
      #expect(answers == expected)
      await transport.close()
    }
    #expect(await server.sessions == 2)
    let calls = await server.calls.mapValues { $0.sorted { "\($0)" < "\($1)" } }
    let sorted = { (ids: [RequestID]) in ids.sorted { "\($0)" < "\($1)" } }
    #expect(calls == ["session 1": sorted(refused + [begun]), "session 2": sorted(refused + [late])])
  }

  private static func call(_ id: RequestID, _ tool: String) -> [UInt8] {
    request(id, "tools/call", ["name": .string(tool), "arguments": [:]])
  }

  private static func request(_ id: RequestID, _ method: String, _ params: JSONObject) -> [UInt8] {
    Message.request(id: id, method: method, params: params).json.encoded
  }
}
