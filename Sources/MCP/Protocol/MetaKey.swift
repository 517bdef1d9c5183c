/// Names that MCP 2026-07-28 reserves in `_meta` (schema: `RequestMetaObject`, `ResultMetaObject`,
/// `NotificationMetaObject`). `progressToken` is common to all revisions.
public enum MetaKey {
  public static let protocolVersion = "io.modelcontextprotocol/protocolVersion"
  public static let clientInfo = "io.modelcontextprotocol/clientInfo"
  public static let clientCapabilities = "io.modelcontextprotocol/clientCapabilities"
  public static let logLevel = "io.modelcontextprotocol/logLevel"
  public static let serverInfo = "io.modelcontextprotocol/serverInfo"
  public static let subscriptionID = "io.modelcontextprotocol/subscriptionId"
  public static let progressToken = "progressToken"
}
