public import MCP

/// A conversation behind the endpoint, which is a session or a single request.
public protocol Conversation: Sendable {
  /// Serves the conversation. It returns when the transport has no more to give and all work has ended.
  ///
  /// - Parameters:
  ///   - transport: The messages of the conversation.
  ///   - opening: The state of a conversation that did not begin with `initialize`.
  ///   - requestStates: The form in which the client sees a call that waits for input.
  func serve(
    over transport: any Transport, opening: Server.Opening?, requestStates: any RequestStateCodec
  ) async
}

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
