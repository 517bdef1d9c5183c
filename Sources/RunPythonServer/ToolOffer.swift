internal import MCP

/// The tools that a conversation has, and how its calls name sessions.
struct ToolOffer {
  let naming: SessionNaming
  let tools: [Tool]

  /// - Parameters:
  ///   - hasCheckpoints: Whether there are tools to go back in time.
  ///   - structured: Without structure there is no schema of one.
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

  /// The arguments that a tool has, by name; none where there is no such tool.
  func properties(of tool: String) -> JSONObject {
    tools.first { $0.name == tool }?.inputSchema["properties"]?.objectValue ?? [:]
  }
}
