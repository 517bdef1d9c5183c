public import MCP

/// What stands behind the endpoint: serves one conversation, be it a session or a single request.
public protocol Conversation: Sendable {
  /// Returns when the transport has no more to give and what was in work has ended.
  ///
  /// - Parameters:
  ///   - opening: The state of a conversation that did not begin with `initialize`.
  ///   - requestStates: What the client sees of a call that waits for input.
  func serve(
    over transport: any Transport, opening: Server.Opening?, requestStates: any RequestStateCodec
  ) async
}

/// The kinds of conversations.
public enum ConversationKind: Sendable, Hashable {
  /// From `initialize` to the end of a session (2025-11-25 and before).
  case session
  /// One request, with nothing before or after it. `handle` is a name that something in front of the server proposes
  /// for state that the request may begin.
  case request(handle: String?)
}

/// Makes what serves a new conversation.
///
/// - Throws: ``RPCError/overloaded(_:retryAfter:)`` when there is no room for one.
public typealias ConversationMaker = @Sendable (ConversationKind) async throws -> any Conversation
