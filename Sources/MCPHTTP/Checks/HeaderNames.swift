internal import HTTPTypes

extension HTTPField.Name {
  static let mcpSessionID = Self("Mcp-Session-Id")!
  static let mcpProtocolVersion = Self("MCP-Protocol-Version")!
  static let mcpMethod = Self("Mcp-Method")!
  static let mcpName = Self("Mcp-Name")!
  static let lastEventID = Self("Last-Event-ID")!
  /// Tells nginx and its like to hand on each event at once.
  static let accelBuffering = Self("X-Accel-Buffering")!

  /// The header that mirrors an argument whose schema has this `x-mcp-header` (2026-07-28); nil when no header can be
  /// called so.
  static func mcpParameter(_ name: String) -> Self? { name.isEmpty ? nil : Self("Mcp-Param-" + name) }
}
