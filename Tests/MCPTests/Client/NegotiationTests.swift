import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct NegotiationTests {
  /// Connects to a server that is played by the script, and returns what came of it.
  static func connect(
    _ choice: ProtocolChoice = .auto, timeout: Duration = .seconds(60),
    to script: @escaping @Sendable (Peer) async throws -> Void
  ) async throws -> Result<Client, any Error> {
    let (near, far) = InMemoryTransport.pair()
    async let connecting = Result {
      try await Client.connect(over: near, info: ClientTests.info, protocol: choice, timeout: timeout)
    }
    try await script(Peer(far))
    return await connecting
  }

  static func expect(_ peer: Peer, _ method: String) async throws -> JSON {
    let request = try await peer.next()
    #expect(request["method"] == .string(method))
    return request
  }

  /// Answers `initialize` and takes the notification that must follow.
  static func initialize(_ peer: Peer, answering version: JSON, expecting wanted: JSON = "2025-11-25")
    async throws
  {
    let request = try await expect(peer, "initialize")
    #expect(request["params"]?["protocolVersion"] == wanted)
    #expect(request["params"]?["clientInfo"] == ["name": "client", "version": "1"])
    #expect(request["params"]?["_meta"] == nil)
    try await peer.answer(
      request["id"],
      [
        "protocolVersion": version, "capabilities": ["tools": [:]],
        "serverInfo": ["name": "old", "version": "0"],
      ])
  }

  static let refusals: [JSON] = [
    ["code": -32601, "message": "Method not found"], ["code": -32600, "message": "not initialized"],
    ["code": -32602, "message": "Invalid request parameters", "data": ""], ["code": 0, "message": ""],
  ]

  @Test(arguments: [-32020, -32021, -32022])
  func errorsOfTheModernEraAreNoReasonToFallBack(_ code: Int) async throws {
    let outcome = try await Self.connect { peer in
      let probe = try await Self.expect(peer, "server/discover")
      let error: JSON = [
        "code": .integer(code), "message": "x", "data": ["supported": ["2025-11-25"]],
      ]
      try await peer.send(["jsonrpc": "2.0", "id": probe["id"] ?? .null, "error": error])
    }
    #expect(throws: (any Error).self) { try outcome.get() }
  }

  @Test(arguments: refusals)
  func fallsBackWhenTheProbeIsRefused(_ error: JSON) async throws {
    let client = try await Self.connect { peer in
      let probe = try await Self.expect(peer, "server/discover")
      #expect(probe["params"]?["_meta"]?["io.modelcontextprotocol/protocolVersion"] == "2026-07-28")
      #expect(probe["params"]?["_meta"]?["io.modelcontextprotocol/clientInfo"]?["name"] == "client")
      #expect(probe["params"]?["_meta"]?["io.modelcontextprotocol/clientCapabilities"] == [:])
      try await peer.send(["jsonrpc": "2.0", "id": probe["id"] ?? .null, "error": error])
      try await Self.initialize(peer, answering: "2025-03-26")
      _ = try await Self.expect(peer, "notifications/initialized")
    }.get()
    #expect(client.revision == .v2025_03_26)
    #expect(client.serverInfo == Implementation(name: "old", version: "0"))
    await client.close()
  }

  static let results: [JSON] = [
    [:], nil, ["supportedVersions": "2026-07-28"], ["supportedVersions": ["2025-11-25"]],
  ]

  @Test(arguments: results)
  func fallsBackWhenTheProbesResultOffersNothing(_ result: JSON) async throws {
    let client = try await Self.connect { peer in
      try await peer.answer(Self.expect(peer, "server/discover")["id"], result)
      try await Self.initialize(peer, answering: "2024-11-05")
      _ = try await Self.expect(peer, "notifications/initialized")
    }.get()
    #expect(client.revision == .v2024_11_05)
    await client.close()
  }

  @Test func fallsBackWhenTheErrorHasNoID() async throws {
    let client = try await Self.connect { peer in
      _ = try await Self.expect(peer, "server/discover")
      try await peer.send(["jsonrpc": "2.0", "id": nil, "error": ["code": -32600, "message": "?"]])
      try await Self.initialize(peer, answering: "2025-06-18")
    }.get()
    #expect(client.revision == .v2025_06_18)
    await client.close()
  }

  @Test func fallsBackWhenTheProbeIsIgnored() async throws {
    let client = try await Self.connect(timeout: .milliseconds(50)) { peer in
      _ = try await Self.expect(peer, "server/discover")
      try await Self.initialize(peer, answering: "2025-11-25")
      // No cancellation of the probe in between: the handshake must not be cancelled.
      _ = try await Self.expect(peer, "notifications/initialized")
    }.get()
    #expect(client.revision == .v2025_11_25)
    await client.close()
  }

  @Test(arguments: ["1999-01-01", "2026-07-28", nil, 7] as [JSON])
  func refusesARevisionThatItDoesNotKnow(_ version: JSON) async throws {
    let outcome = try await Self.connect { peer in
      let probe = try await Self.expect(peer, "server/discover")
      try await peer.send([
        "jsonrpc": "2.0", "id": probe["id"] ?? .null, "error": ["code": -32601, "message": ""],
      ])
      try await Self.initialize(peer, answering: version)
      #expect(await peer.isAtEnd())
    }
    let error = #expect(throws: ClientError.self) { try outcome.get() }
    #expect([.unsupportedRevision, .invalidResponse].contains(error?.code))
  }

  @Test func refusesAModernServerOfAnotherRevision() async throws {
    let outcome = try await Self.connect { peer in
      let probe = try await Self.expect(peer, "server/discover")
      try await peer.send([
        "jsonrpc": "2.0", "id": probe["id"] ?? .null,
        "error": [
          "code": -32022, "message": "x", "data": ["supported": ["2030-01-01"], "requested": "2026-07-28"],
        ],
      ])
      #expect(await peer.isAtEnd())
    }
    let error = #expect(throws: ClientError.self) { try outcome.get() }
    #expect(error?.code == .unsupportedRevision)
    #expect(error?.message.contains("2030-01-01") == true)
  }

  @Test func insistsOnTheRevisionAskedFor() async throws {
    let outcome = try await Self.connect(.revision(.v2025_06_18)) { peer in
      try await Self.initialize(peer, answering: "2025-03-26", expecting: "2025-06-18")
      #expect(await peer.isAtEnd())
    }
    let error = #expect(throws: ClientError.self) { try outcome.get() }
    #expect(error?.code == .unsupportedRevision)
  }

  @Test func throwsTheServersRefusal() async throws {
    let outcome = try await Self.connect(.revision(.v2025_06_18)) { peer in
      let request = try await Self.expect(peer, "initialize")
      try await peer.send([
        "jsonrpc": "2.0", "id": request["id"] ?? .null, "error": ["code": -32000, "message": "no"],
      ])
    }
    #expect(throws: RPCError(code: -32000, message: "no")) { try outcome.get() }
  }
}

extension Result where Failure == any Error, Success: Sendable {
  init(_ body: () async throws -> Success) async {
    do { self = .success(try await body()) } catch { self = .failure(error) }
  }
}
