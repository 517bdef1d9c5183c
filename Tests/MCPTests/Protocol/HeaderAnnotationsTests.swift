import Testing

@testable import MCP

@Suite struct HeaderAnnotationsTests {
  static let wrong: [JSON] = [
    ["type": "string", "x-mcp-header": ""], ["type": "string", "x-mcp-header": "a b"],
    ["type": "string", "x-mcp-header": "a:b"], ["type": "string", "x-mcp-header": "\u{E9}"],
    ["type": "object", "x-mcp-header": "A"], ["type": "number", "x-mcp-header": "A"],
    ["x-mcp-header": "A"], ["type": "string", "x-mcp-header": 5],
    ["type": "array", "items": ["type": "string", "x-mcp-header": "A"]],
  ]

  @Test(arguments: wrong) func refuses(_ property: JSON) {
    #expect(HeaderAnnotations.problem(in: ["properties": ["a": property]]) != nil)
  }

  @Test func refusesTheSameNameTwice() {
    let schema: JSON = [
      "properties": [
        "a": ["type": "string", "x-mcp-header": "Name"], "b": ["type": "string", "x-mcp-header": "NAME"],
      ]
    ]
    #expect(HeaderAnnotations.problem(in: schema) != nil)
  }

  @Test func takesRightOnes() {
    let inner: JSON = ["type": "object", "properties": ["c": ["type": "integer", "x-mcp-header": "C"]]]
    let schema: JSON = ["properties": ["a": ["type": "string", "x-mcp-header": "A"], "b": inner]]
    #expect(HeaderAnnotations.problem(in: schema) == nil)
  }
}
