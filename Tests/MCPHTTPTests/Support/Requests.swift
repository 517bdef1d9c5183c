import HTTPTypes
import MCP

@testable import MCPHTTP

/// Right requests of both eras, which a test changes where it wants them wrong.
enum Requests {
  static func plain(_ method: String, _ params: JSONObject = [:], id: Int = 1) -> JSONObject {
    ["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": .object(params)]
  }

  static func initialize(_ revision: String = "2025-11-25") -> JSONObject {
    plain(
      "initialize",
      [
        "protocolVersion": .string(revision), "capabilities": ["elicitation": [:]],
        "clientInfo": ["name": "test", "version": "1"],
      ], id: 0)
  }

  static func modern(_ method: String, _ params: JSONObject = [:], id: Int = 1) -> JSONObject {
    var params = params
    params["_meta"] = [
      MetaKey.protocolVersion: "2026-07-28", MetaKey.clientInfo: ["name": "test", "version": "1"],
      MetaKey.clientCapabilities: ["elicitation": ["form": [:]]], MetaKey.logLevel: "info",
    ]
    return plain(method, params, id: id)
  }

  static func call(_ tool: String, _ arguments: JSONObject = [:]) -> JSONObject {
    ["name": .string(tool), "arguments": .object(arguments)]
  }

  /// The headers that a modern client sends with a message.
  static func headers(for message: JSONObject) -> HTTPFields {
    var headers = TestClient.usual
    headers[.mcpProtocolVersion] = "2026-07-28"
    headers[.mcpMethod] = message["method"]?.stringValue
    headers[.mcpName] = message["params"]?["name"]?.stringValue
    return headers
  }
}

extension TestClient {
  func post(_ message: JSONObject, _ headers: HTTPFields = usual) async -> Reply {
    await open(headers: headers, JSON.object(message).encoded)
  }

  func modern(_ message: JSONObject) async -> Reply {
    await post(message, Requests.headers(for: message))
  }

  /// Opens a session; gives the headers that later requests bear.
  func begin(_ revision: String = "2025-11-25") async -> HTTPFields {
    let reply = await post(Requests.initialize(revision))
    var headers = Self.usual
    headers[.mcpSessionID] = reply.headers[.mcpSessionID]
    headers[.mcpProtocolVersion] = revision
    _ = await post(["jsonrpc": "2.0", "method": "notifications/initialized"], headers)
    return headers
  }
}
