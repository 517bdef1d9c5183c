/// Does the work of a server's tools.
public protocol ToolHandler: Sendable {
  /// Runs a tool that ``ServerConfiguration/tools`` lists, beside other calls. When the client cancels the
  /// request, the task is cancelled and its result or error is dropped.
  ///
  /// - Throws: An ``RPCError``, which is answered unchanged: `invalidParams` for arguments that do not fit
  ///   the tool's schema, which nobody has checked before. Any other error is answered as `internalError`. A
  ///   tool that failed at its own task returns a ``ToolResult`` with ``ToolResult/isError`` set, so that the
  ///   model reads it.
  func call(_ call: ToolCall, in context: CallContext) async throws -> ToolResult
}

/// A call of a tool as the client sent it.
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
