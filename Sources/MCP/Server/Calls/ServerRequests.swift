import Synchronization
import SystemSupport

/// The server's own requests to a legacy client, and the wait for their answers.
final class ServerRequests: Sendable {
  private let lastNumber = Atomic(0)
  private let replies = PendingReplies<RequestID, JSON>()

  /// Sends a request and waits for its answer.
  ///
  /// - Throws: The client's `RPCError`, or `CancellationError` when the task is cancelled or the client is
  ///   gone.
  nonisolated(nonsending) func ask(
    _ method: String, _ params: JSONObject, over connection: Connection, as role: MessageRole
  ) async throws -> JSON {
    let id = RequestID.string("server-\(lastNumber.add(1, ordering: .relaxed).newValue)")
    let withdrawal = Message.notification(method: "notifications/cancelled", params: ["requestId": id.json])
    return try await replies.reply(to: id) {
      Task { await connection.send(.request(id: id, method: method, params: params), as: role) }
    } onGivingUp: { _ in
      Task { await connection.send(withdrawal, as: role) }
    }
  }

  /// Gives the client's answer to the call that waits for it, if one does.
  func settle(_ id: RequestID, _ answer: Result<JSON, any Error>) { replies.give(answer, to: id) }

  /// Ends all waiting, because no answer can come any more.
  func close() { replies.close(CancellationError()) }
}
