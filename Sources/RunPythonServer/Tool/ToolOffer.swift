internal import MCP
internal import RunPythonTool

/// The tools of a conversation, and the way in which its calls name sessions.
struct ToolOffer {
  let naming: SessionNaming
  let tools: [Tool]

  /// - Parameters:
  ///   - hasCheckpoints: True when there are tools to go back in time.
  ///   - structured: The form of results; without structure there is no schema for it.
  init(
    naming: SessionNaming, hasCheckpoints: Bool, structured: ResultOptions.Structure,
    _ description: SandboxDescription
  ) {
    self.naming = naming
    var tool = RunTool.tool(naming)
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

/// The way in which a conversation's calls name their session.
enum SessionNaming {
  /// Calls name no session, because there is only one.
  case never
  /// Calls name the forks, and not the session that the conversation began with.
  case forks
  /// Calls always name their session, because no protocol remembers it.
  case always

  /// The schema of the argument that names it.
  func schema(_ description: String) -> JSON {
    var schema: JSONObject = ["type": "string", "description": .string(description)]
    // The header lets a balancer in front send the call to the right server.
    if self == .always { schema["x-mcp-header"] = "Session" }
    return .object(schema)
  }
}
