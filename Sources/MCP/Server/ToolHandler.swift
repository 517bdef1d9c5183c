/// Does what the tools of a server are for.
public protocol ToolHandler: Sendable {
  /// Runs a tool that ``ServerConfiguration/tools`` lists. Runs beside other calls. When the client cancels
  /// the request the task is cancelled, and whatever is returned or thrown then is dropped.
  ///
  /// - Throws: An ``RPCError``, answered as it is: `invalidParams` for arguments that do not fit the tool's
  ///   schema, which nobody has checked before. Any other error is answered as `internalError`. A tool that
  ///   failed at its own task returns a ``ToolResult`` with ``ToolResult/isError`` set, so that the model
  ///   gets to read it.
  func call(_ call: ToolCall, in context: CallContext) async throws -> ToolResult
}

/// A call of a tool as the client asked for it.
public struct ToolCall: Sendable, Hashable {
  public var name: String
  public var arguments: JSONObject
  /// The request's `_meta`.
  public var meta: JSONObject

  public init(name: String, arguments: JSONObject = [:], meta: JSONObject = [:]) {
    self.name = name
    self.arguments = arguments
    self.meta = meta
  }
}
