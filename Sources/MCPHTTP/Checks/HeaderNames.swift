internal import HTTPTypes

extension HTTPField.Name {
  static let mcpSessionID = known("Mcp-Session-Id")
  static let mcpProtocolVersion = known("MCP-Protocol-Version")
  static let mcpMethod = known("Mcp-Method")
  static let mcpName = known("Mcp-Name")
  static let lastEventID = known("Last-Event-ID")
  /// Tells nginx and its like to hand on each event at once.
  static let accelBuffering = known("X-Accel-Buffering")

  private static func known(_ name: String) -> Self {
    guard let name = Self(name) else { preconditionFailure("\(name) is not a header's name") }
    return name
  }

  /// The header that mirrors an argument whose schema has this `x-mcp-header` (2026-07-28). It is nil when no header
  /// can be called so.
  static func mcpParameter(_ name: String) -> Self? { name.isEmpty ? nil : Self("Mcp-Param-" + name) }
}
