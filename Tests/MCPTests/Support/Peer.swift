import MCP
import Testing

/// The other end of a conversation, played by hand in raw JSON.
final class Peer: @unchecked Sendable {
  let transport: InMemoryTransport
  private var iterator: AsyncStream<Incoming>.AsyncIterator

  init(_ transport: InMemoryTransport) {
    self.transport = transport
    iterator = transport.incoming.makeAsyncIterator()
  }

  func send(_ json: JSON) async throws { try await transport.send(json.encoded) }

  func send(text: String) async throws { try await transport.send(Array(text.utf8)) }

  /// The next message.
  func next() async throws -> JSON {
    guard case .message(let bytes)? = await iterator.next() else { throw Ended() }
    return try JSON(parsing: bytes)
  }

  /// True when no message came before the end.
  func isAtEnd() async -> Bool { await iterator.next() == nil }

  func request(_ id: RequestID, _ method: String, _ params: JSONObject = [:]) async throws {
    try await send(["jsonrpc": "2.0", "id": id.json, "method": .string(method), "params": .object(params)])
  }

  func notify(_ method: String, _ params: JSONObject = [:]) async throws {
    try await send(["jsonrpc": "2.0", "method": .string(method), "params": .object(params)])
  }

  func answer(_ id: JSON?, _ result: JSON) async throws {
    try await send(["jsonrpc": "2.0", "id": id ?? .null, "result": result])
  }

  /// Sends a request and returns the next message, which must answer it.
  func ask(_ id: RequestID, _ method: String, _ params: JSONObject = [:]) async throws -> JSON {
    try await request(id, method, params)
    let answer = try await next()
    #expect(answer["id"] == id.json)
    return answer
  }

  @discardableResult
  func initialize(_ version: String) async throws -> JSON {
    let answer = try await ask(
      0, "initialize",
      [
        "protocolVersion": .string(version), "capabilities": ["roots": [:]],
        "clientInfo": ["name": "peer", "version": "0"],
      ])
    try await notify("notifications/initialized")
    return answer
  }

  struct Ended: Error {}
}

/// The members that every modern request carries.
func modernParams(_ params: JSONObject = [:], meta further: JSONObject = [:]) -> JSONObject {
  var meta: JSONObject = [
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": ["name": "peer", "version": "0"],
    "io.modelcontextprotocol/clientCapabilities": [:],
  ]
  for (key, value) in further { meta[key] = value }
  var params = params
  params["_meta"] = .object(meta)
  return params
}
