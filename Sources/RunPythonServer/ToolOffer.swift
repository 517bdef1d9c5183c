internal import MCP

/// The tools of a conversation, and the way in which its calls name sessions.
struct ToolOffer {
  let naming: SessionNaming
  let tools: [Tool]

  /// - Parameters:
  ///   - hasCheckpoints: True when there are tools to go back in time.
  ///   - structured: The form of results; without structure there is no schema for it.
  init(
    naming: SessionNaming, hasCheckpoints: Bool, structured: StructuredMode, _ description: SandboxDescription
  ) {
    self.naming = naming
    var tool = RunPythonTool.tool(naming)
    tool.annotations = description.annotations
    tool.icons = SandboxDescription.icons
    if structured == .text { tool.outputSchema = nil }
    tools = [tool] + (hasCheckpoints ? CheckpointTools.tools(naming) : [])
  }

  /// The arguments of a tool, by name; none where there is no such tool.
  func properties(of tool: String) -> JSONObject {
    tools.first { $0.name == tool }?.inputSchema["properties"]?.objectValue ?? [:]
  }
}
