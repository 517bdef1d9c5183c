public import MCP

/// The kinds of conversations.
public enum ConversationKind: Sendable, Hashable {
  /// A session from `initialize` to its end (2025-11-25 and before).
  case session
  /// One request, with nothing before or after it. A program in front of the server may propose `handle`: it is the
  /// name of state that the request may begin.
  case request(handle: String?)
}

/// Makes a new conversation.
///
/// - Throws: ``RPCError/overloaded(_:retryAfter:)`` when there is no room for one.
public typealias ConversationMaker = @Sendable (ConversationKind) async throws -> any Conversation
