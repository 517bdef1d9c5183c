internal import MCP

/// The id of an MCP request. The name also exists in Hummingbird.
typealias RequestID = MCP.RequestID
