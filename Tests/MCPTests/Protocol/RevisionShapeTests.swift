import MCP
import Testing

@Suite struct RevisionShapeTests {
  static let tool = Tool(
    name: "t", title: "T", description: "d", inputSchema: ["type": "object"],
    outputSchema: ["type": "object"],
    annotations: ["readOnlyHint": true])

  static let toolMembers: [(Revision, [String])] = [
    (Revision.v2024_11_05, ["name", "description", "inputSchema"]),
    (.v2025_03_26, ["name", "description", "inputSchema", "annotations"]),
    (.v2025_06_18, ["name", "title", "description", "inputSchema", "outputSchema", "annotations"]),
    (.v2026_07_28, ["name", "title", "description", "inputSchema", "outputSchema", "annotations"]),
  ]

  @Test(arguments: toolMembers)
  func leavesOutWhatARevisionDoesNotKnow(_ revision: Revision, _ members: [String]) {
    #expect(Self.tool.json(for: revision).objectValue.map { Array($0.keys) } == members)
  }

  @Test func readsATool() throws {
    #expect(try Tool(json: Self.tool.json(for: .latest)) == Self.tool)
    #expect(throws: RPCError.self) { try Tool(json: ["inputSchema": [:]]) }
    #expect(throws: RPCError.self) { try Tool(json: ["name": "t"]) }
  }

  @Test func writesAResult() throws {
    let result = ToolResult(
      content: [.text("x"), .image(base64: "AA==", mimeType: "image/png"), .other(["type": "audio"])],
      structuredContent: ["a": 1], isError: true, meta: ["k": 1])
    #expect(
      result.json(for: .v2025_03_26).text
        == #"{"content":[{"type":"text","text":"x"},{"type":"image","data":"AA==","mimeType":"image/png"},"#
        + #"{"type":"audio"}],"isError":true,"_meta":{"k":1}}"#)
    #expect(result.json(for: .v2025_06_18)["structuredContent"] == ["a": 1])
    #expect(result.json(for: .v2025_11_25)["resultType"] == nil)
    #expect(result.json(for: .v2026_07_28)["resultType"] == "complete")
    #expect(try ToolResult(json: result.json(for: .latest)) == result)
  }

  @Test func refusesAResultThatAsksForInput() {
    #expect(throws: RPCError.self) { try ToolResult(json: ["resultType": "input_required", "content": []]) }
    #expect(throws: RPCError.self) { try ToolResult(json: [:]) }
  }

  @Test func keepsContentWithFurtherMembersWhole() {
    let json: JSON = ["type": "text", "text": "x", "annotations": ["audience": ["user"]]]
    #expect(Content(json: json) == .other(json))
    #expect(Content(json: json).json == json)
  }

  @Test func ordersLevelsAndRevisions() {
    #expect(LogLevel.allCases.sorted() == LogLevel.allCases)
    #expect(LogLevel.debug < .emergency)
    #expect(Revision.allCases.sorted() == Revision.allCases)
    #expect(Revision.latest.era == .modern)
    #expect(Revision.latestLegacy.era == .legacy)
  }

  @Test func writesImplementations() {
    let info = Implementation(name: "n", title: "N", version: "1")
    #expect(info.json(for: .v2025_03_26) == ["name": "n", "version": "1"])
    #expect(info.json(for: .v2025_06_18) == ["name": "n", "title": "N", "version": "1"])
    #expect(Implementation(info.json(for: .latest)) == info)
    #expect(Implementation(["name": "n"]) == nil)
  }
}
