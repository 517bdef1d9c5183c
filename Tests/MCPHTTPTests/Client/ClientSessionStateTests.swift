import HTTPTypes
import MCP
import Testing

@testable import MCPHTTP

@Suite struct ClientSessionStateTests {
  static func request(_ method: String, _ params: JSONObject = [:]) -> Message {
    .request(id: 1, method: method, params: params)
  }

  static let meta: JSON = [MetaKey.protocolVersion: "2026-07-28"]

  @Test func aLegacyClientNamesItsSessionOnceItHasOne() {
    var state = ClientSessionState()
    state.id = "the-session"
    state.learn(from: ["protocolVersion": "2025-06-18"], of: "initialize")
    let headers = state.headers(for: Self.request("tools/call", ["name": "x"]))
    #expect(headers[.mcpSessionID] == "the-session")
    #expect(headers[.mcpProtocolVersion] == "2025-06-18")
    #expect(headers[.mcpMethod] == nil && headers[.mcpName] == nil)
    #expect(headers[.accept] == "application/json, text/event-stream")
    let first = state.headers(for: Self.request("initialize"))
    #expect(first[.mcpSessionID] == nil && first[.mcpProtocolVersion] == nil)
  }

  @Test func aModernClientRepeatsWhatTheBodySays() {
    var state = ClientSessionState()
    state.learn(
      from: [
        "tools": [
          ["name": "é", "inputSchema": ["properties": ["s": ["type": "string", "x-mcp-header": "S"]]]]
        ]
      ], of: "tools/list")
    let headers = state.headers(
      for: Self.request("tools/call", ["name": "é", "arguments": ["s": "a b"], "_meta": Self.meta]))
    #expect(headers[.mcpProtocolVersion] == "2026-07-28")
    #expect(headers[.mcpMethod] == "tools/call")
    #expect(headers[.mcpName] == "=?base64?w6k=?=")
    #expect(HTTPField.Name("Mcp-Param-S").flatMap { headers[$0] } == "a b")
    #expect(headers[.mcpSessionID] == nil)
  }
}
