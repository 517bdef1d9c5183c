internal import MCP

/// MCP's, not Hummingbird's.
typealias RequestID = MCP.RequestID
