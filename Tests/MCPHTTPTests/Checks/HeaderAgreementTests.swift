import HTTPTypes
import MCP
import Testing

@testable import MCPHTTP

@Suite struct HeaderAgreementTests {
  static let schema: JSON = [
    "type": "object",
    "properties": [
      "session": ["type": "string", "x-mcp-header": "Session"],
      "deep": ["type": "object", "properties": ["n": ["type": "integer", "x-mcp-header": "N"]]],
      "flag": ["type": "boolean", "x-mcp-header": "Flag"],
      "ratio": ["type": "number", "x-mcp-header": "Ratio"],
      "list": ["type": "array", "items": ["type": "string", "x-mcp-header": "Item"]],
    ],
  ]

  static func params(_ arguments: JSON = [:]) -> JSONObject {
    ["name": "tool", "arguments": arguments, "_meta": [MetaKey.protocolVersion: "2026-07-28"]]
  }

  static func headers(_ changes: [String: String?] = [:]) -> HTTPFields {
    let right = ["MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "tool"]
    var fields = HTTPFields()
    for (name, value) in right.mapValues(Optional.some).merging(changes, uniquingKeysWith: { $1 }) {
      if let name = HTTPField.Name(name), let value { fields[name] = value }
    }
    return fields
  }

  static func mismatch(
    _ headers: HTTPFields, method: String = "tools/call", params: JSONObject = params()
  ) -> Int? {
    let agreement = HeaderAgreement(
      headers: headers, mirrored: ["tool": MirroredArguments(inputSchema: schema)])
    do throws(RPCError) {
      try agreement.check(method: method, params: params)
      return nil
    } catch {
      return error.code
    }
  }

  @Test func headersThatSayTheSamePass() {
    #expect(Self.mismatch(Self.headers()) == nil)
    #expect(Self.mismatch(Self.headers(["Mcp-Name": "=?base64?dG9vbA==?="])) == nil)
    #expect(
      Self.mismatch(Self.headers(["Mcp-Method": "tools/list", "Mcp-Name": nil]), method: "tools/list") == nil)
  }

  @Test(
    arguments: [
      ["MCP-Protocol-Version": nil], ["MCP-Protocol-Version": "2025-11-25"], ["Mcp-Method": nil],
      ["Mcp-Method": "tools/list"], ["Mcp-Method": "=?base64?dG9vbHMvY2FsbA==?="], ["Mcp-Name": nil],
      ["Mcp-Name": "Tool"],
      ["Mcp-Name": "=?base64?*?="], ["Mcp-Param-Session": "x"], ["Mcp-Param-Session": "=?base64?*?="],
    ] as [[String: String?]])
  func headersThatDisagreeDoNot(_ changes: [String: String?]) {
    #expect(Self.mismatch(Self.headers(changes)) == RPCError.headerMismatchCode)
  }

  @Test func aHeaderGivenTwiceIsRefused() {
    var headers = Self.headers()
    headers.append(HTTPField(name: .mcpMethod, value: "tools/call"))
    #expect(Self.mismatch(headers) == RPCError.headerMismatchCode)
  }

  @Test(
    arguments: [
      (["session": "a b"], ["Mcp-Param-Session": "a b"], true),
      (["session": "é"], ["Mcp-Param-Session": "=?base64?w6k=?="], true),
      (["session": nil], [:], true),
      (["session": "a"], [:], false),
      (["session": "a"], ["Mcp-Param-Session": "b"], false),
      (["deep": ["n": 42]], ["Mcp-Param-N": "42.0"], true),
      (["deep": ["n": 42]], ["Mcp-Param-N": "43"], false),
      (["flag": true], ["Mcp-Param-Flag": "true"], true),
      (["flag": true], ["Mcp-Param-Flag": "True"], false),
      (["ratio": 0.5], ["Mcp-Param-Ratio": "9"], true),
      (["list": ["a"]], ["Mcp-Param-Item": "9"], true),
    ] as [(JSON, [String: String?], Bool)])
  func mirroredArguments(_ arguments: JSON, _ changes: [String: String?], _ agrees: Bool) {
    #expect((Self.mismatch(Self.headers(changes), params: Self.params(arguments)) == nil) == agrees)
  }

  @Test func clientsMirrorWhatServersCheck() {
    let mirrored = MirroredArguments(inputSchema: Self.schema)
    let headers = mirrored.headers(for: ["session": "é", "deep": ["n": 7], "flag": false, "ratio": 1])
    #expect(
      Dictionary(headers, uniquingKeysWith: { $1 }) == [
        "Session": "=?base64?w6k=?=", "N": "7", "Flag": "false",
      ])
  }
}
