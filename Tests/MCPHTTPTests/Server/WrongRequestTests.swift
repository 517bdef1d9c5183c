import HTTPTypes
import MCP
import Testing

@testable import MCPHTTP

/// A request with something wrong, and the answer to it.
struct WrongRequest: Sendable, CustomTestStringConvertible {
  let name: String
  let status: Int
  let code: Int
  var changes: [String: String?] = [:]
  var host: String? = "localhost"
  var body: [UInt8]?
  var message: JSONObject?
  var method = HTTPRequest.Method.post
  var path = "/mcp"

  var testDescription: String { name }

  func send(by client: TestClient, with headers: HTTPFields, _ usual: JSONObject) async throws -> Reply {
    var headers = headers
    for (name, value) in changes {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    let body = body ?? JSON.object(message ?? usual).encoded
    return await client.open(method, path, headers: headers, host: host, method == .post ? body : [])
  }

  func check(_ reply: Reply) async throws {
    #expect(reply.status == status)
    #expect(reply.headers[.contentType] == "application/json")
    let answer = try await reply.json()
    #expect(answer["error"]?["code"] == .integer(code))
    if let id = message?["id"], code != RPCError.invalidRequestCode { #expect(answer["id"] == id) }
    if code == RPCError.unsupportedProtocolVersionCode {
      #expect(answer["error"]?["data"]?["supported"]?.arrayValue?.first == "2026-07-28")
    }
  }

  private static let list = Requests.plain("tools/list")

  static let common: [WrongRequest] = [
    .init(name: "another path", status: 404, code: -32600, path: "/"),
    .init(name: "another method", status: 405, code: -32600, method: .put),
    .init(name: "another content type", status: 415, code: -32600, changes: ["Content-Type": "text/plain"]),
    .init(name: "no content type", status: 415, code: -32600, changes: ["Content-Type": nil]),
    .init(name: "no accept", status: 406, code: -32600, changes: ["Accept": nil]),
    .init(name: "JSON only", status: 406, code: -32600, changes: ["Accept": "application/json"]),
    .init(name: "events only", status: 406, code: -32600, changes: ["Accept": "text/event-stream"]),
    .init(
      name: "refuses events", status: 406, code: -32600, changes: ["Accept": "*/*, text/event-stream;q=0"]),
    .init(
      name: "a foreign origin", status: 403, code: -32600, changes: ["Origin": "https://evil.example"]),
    .init(name: "no origin at all", status: 403, code: -32600, changes: ["Origin": "null"]),
    .init(name: "a foreign host", status: 403, code: -32600, host: "evil.example:3001"),
    .init(name: "a host that looks local", status: 403, code: -32600, host: "127.0.0.1.evil.example"),
    .init(name: "no host", status: 400, code: -32600, host: nil),
    .init(name: "not JSON", status: 400, code: -32700, body: Array("{".utf8)),
    .init(name: "nothing", status: 400, code: -32700, body: []),
    .init(name: "not UTF-8", status: 400, code: -32700, body: [0x22, 0xFF, 0x22]),
    .init(name: "no message", status: 400, code: -32600, body: Array("1".utf8)),
    .init(
      name: "another JSON-RPC", status: 400, code: -32600,
      message: ["jsonrpc": "1.0", "id": 1, "method": "tools/list"]),
    .init(
      name: "an id that is null", status: 400, code: -32600,
      message: ["jsonrpc": "2.0", "id": nil, "method": "ping"]),
    .init(
      name: "an id with a fraction", status: 400, code: -32600,
      message: ["jsonrpc": "2.0", "id": 1.5, "method": "ping"]),
    .init(
      name: "params that are no object", status: 400, code: -32600,
      message: ["jsonrpc": "2.0", "id": 1, "method": "ping", "params": [1]]),
    .init(name: "a batch", status: 400, code: -32600, body: JSON.array([.object(list)]).encoded),
  ]

  static let versions: [WrongRequest] = ["1999-01-01", "latest"].map { (version: String) in
    .init(name: "version \(version)", status: 400, code: -32022, changes: ["MCP-Protocol-Version": version])
  }
}

@Suite struct WrongRequestTests {
  static let inSession: [WrongRequest] = [
    .init(
      name: "a session that does not exist", status: 404, code: -32600,
      changes: ["Mcp-Session-Id": String(repeating: "0", count: 64)]),
    .init(name: "no session", status: 400, code: -32600, changes: ["Mcp-Session-Id": nil]),
    .init(
      name: "reading without accepting", status: 406, code: -32600, changes: ["Accept": "application/json"],
      method: .get),
    .init(
      name: "reading without a session", status: 400, code: -32600, changes: ["Mcp-Session-Id": nil],
      method: .get),
    .init(
      name: "reading an old session", status: 404, code: -32600, changes: ["Mcp-Session-Id": "x"],
      method: .get),
    .init(
      name: "an event that is none", status: 400, code: -32600, changes: ["Last-Event-ID": "x"],
      method: .get),
    .init(
      name: "an event of no stream", status: 400, code: -32600, changes: ["Last-Event-ID": "99-0"],
      method: .get),
    .init(
      name: "deleting without a session", status: 400, code: -32600, changes: ["Mcp-Session-Id": nil],
      method: .delete),
    .init(
      name: "deleting an old session", status: 404, code: -32600, changes: ["Mcp-Session-Id": "x"],
      method: .delete),
    .init(
      name: "deleting in an unknown version", status: 400, code: -32022,
      changes: ["MCP-Protocol-Version": "x"], method: .delete),
    .init(
      name: "an unknown method", status: 200, code: -32601, message: Requests.plain("tools/paint")),
  ]

  @Test(arguments: WrongRequest.common + WrongRequest.versions + inSession)
  func aLegacyRequestIsRefused(_ wrong: WrongRequest) async throws {
    let client = try await TestEndpoint().client()
    let headers = await client.begin()
    try await wrong.check(
      try await wrong.send(by: client, with: headers, Requests.plain("tools/list")))
  }

  @Test(arguments: WrongRequest.common + WrongRequest.versions)
  func aRequestWithoutASessionIsRefused(_ wrong: WrongRequest) async throws {
    let client = try await TestEndpoint { $0.isStateless = true }.client()
    var headers = TestClient.usual
    headers[.mcpProtocolVersion] = "2025-11-25"
    try await wrong.check(
      try await wrong.send(by: client, with: headers, Requests.plain("tools/list")))
  }

  @Test(arguments: [HTTPRequest.Method.get, .delete])
  func aStatelessServerOnlyTakesPosts(_ method: HTTPRequest.Method) async throws {
    let reply = try await TestEndpoint { $0.isStateless = true }.client().open(method)
    #expect(reply.status == 405)
    #expect(reply.headers[.allow] == "POST")
  }

  private static func without(_ key: String) -> JSONObject {
    var message = Requests.modern("tools/list")
    var meta = message["params"]?["_meta"]?.objectValue ?? [:]
    meta[key] = nil
    message["params"] = ["_meta": .object(meta)]
    return message
  }

  private static func with(_ key: String, _ value: JSON) -> JSONObject {
    var message = Requests.modern("tools/list")
    var meta = message["params"]?["_meta"]?.objectValue ?? [:]
    meta[key] = value
    message["params"] = ["_meta": .object(meta)]
    return message
  }

  private static let echo = Requests.modern("tools/call", Requests.call("echo"))

  static let alone: [WrongRequest] = [
    .init(name: "no version header", status: 400, code: -32020, changes: ["MCP-Protocol-Version": nil]),
    .init(
      name: "a legacy version header", status: 400, code: -32020,
      changes: ["MCP-Protocol-Version": "2025-11-25"]),
    .init(
      name: "an unknown version header", status: 400, code: -32020,
      changes: ["MCP-Protocol-Version": "1999-01-01"]),
    .init(name: "no method header", status: 400, code: -32020, changes: ["Mcp-Method": nil]),
    .init(name: "another method header", status: 400, code: -32020, changes: ["Mcp-Method": "tools/call"]),
    .init(name: "a method in capitals", status: 400, code: -32020, changes: ["Mcp-Method": "TOOLS/LIST"]),
    .init(name: "no name header", status: 400, code: -32020, changes: ["Mcp-Name": nil], message: echo),
    .init(
      name: "another name header", status: 400, code: -32020, changes: ["Mcp-Name": "other"], message: echo),
    .init(
      name: "a name that is no base64", status: 400, code: -32020, changes: ["Mcp-Name": "=?base64?*?="],
      message: echo),
    .init(
      name: "an argument without its header", status: 400, code: -32020,
      message: Requests.modern("tools/call", Requests.call("echo", ["place": "here"]))),
    .init(
      name: "a header without its argument", status: 400, code: -32020,
      changes: ["Mcp-Param-Place": "here"], message: echo),
    .init(
      name: "both versions unknown", status: 400, code: -32022,
      changes: ["MCP-Protocol-Version": "2099-01-01"], message: with(MetaKey.protocolVersion, "2099-01-01")),
    .init(
      name: "both versions legacy", status: 400, code: -32022,
      changes: ["MCP-Protocol-Version": "2025-11-25"], message: with(MetaKey.protocolVersion, "2025-11-25")),
    .init(
      name: "no version in the body", status: 400, code: -32602, message: without(MetaKey.protocolVersion)),
    .init(
      name: "no capabilities", status: 400, code: -32602, message: without(MetaKey.clientCapabilities)),
    .init(
      name: "an unknown log level", status: 400, code: -32602, message: with(MetaKey.logLevel, "loud")),
    .init(
      name: "an unknown method", status: 404, code: -32601, message: Requests.modern("tools/paint")),
    .init(
      name: "a method of the other era", status: 404, code: -32601, message: Requests.modern("ping")),
    .init(
      name: "an unknown tool", status: 400, code: -32602,
      message: Requests.modern("tools/call", Requests.call("other"))),
    .init(
      name: "a state that was never given", status: 400, code: -32602,
      message: Requests.modern(
        "tools/call", ["name": "echo", "arguments": [:], "requestState": "a.1.b", "inputResponses": [:]])),
    .init(
      name: "a response", status: 400, code: -32600, message: ["jsonrpc": "2.0", "id": 1, "result": [:]]),
  ]

  @Test(arguments: WrongRequest.common + alone)
  func aModernRequestIsRefused(_ wrong: WrongRequest) async throws {
    let client = try await TestEndpoint().client()
    let message = wrong.message ?? Requests.modern("tools/list")
    var headers = Requests.headers(for: message)
    if headers[.mcpMethod] == nil { headers[.mcpMethod] = "tools/list" }
    try await wrong.check(
      try await wrong.send(by: client, with: headers, Requests.modern("tools/list")))
  }
}
