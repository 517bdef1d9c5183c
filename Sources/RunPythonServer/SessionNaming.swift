internal import MCP

/// How a conversation's calls say which session they mean.
enum SessionNaming {
  /// Not at all: there is one.
  case never
  /// By a name, where it is not the one that the conversation began with but has come of a fork.
  case forks
  /// By a name, always: no protocol remembers it.
  case always

  /// The schema of the argument that names it.
  func schema(_ description: String) -> JSON {
    var schema: JSONObject = ["type": "string", "description": .string(description)]
    // Lets a balancer in front route by it.
    if self == .always { schema["x-mcp-header"] = "Session" }
    return .object(schema)
  }
}
