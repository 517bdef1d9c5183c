internal import MCP

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
