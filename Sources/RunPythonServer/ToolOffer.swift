internal import MCP

/// The tools that a conversation has, and how its calls name sessions.
struct ToolOffer {
  let naming: SessionNaming
  let tools: [Tool]

  /// - Parameter hasCheckpoints: Whether there are tools to go back in time.
  init(naming: SessionNaming, hasCheckpoints: Bool) {
    self.naming = naming
    tools = [RunPythonTool.tool(naming)] + (hasCheckpoints ? CheckpointTools.tools(naming) : [])
  }

  /// The arguments that a tool has, by name; none where there is no such tool.
  func properties(of tool: String) -> JSONObject {
    tools.first { $0.name == tool }?.inputSchema["properties"]?.objectValue ?? [:]
  }
}
