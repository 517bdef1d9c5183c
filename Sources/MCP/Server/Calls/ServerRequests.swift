import Synchronization

/// The server's own requests to a legacy client that are not answered yet. The lock guards the table from the
/// calls that ask and the task that receives.
final class ServerRequests: Sendable {
  private struct State {
    var lastID = 0
    var waiting: [RequestID: CheckedContinuation<JSON, any Error>] = [:]
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Sends a request and waits for its answer.
  ///
  /// - Throws: The client's `RPCError`, or `CancellationError` when the task is cancelled or the client is
  ///   gone.
  func ask(
    _ method: String, _ params: JSONObject, over connection: Connection, as role: MessageRole
  ) async throws -> JSON {
    let id = state.withLock { state in
      state.lastID += 1
      return RequestID.string("server-\(state.lastID)")
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isRefused = state.withLock { state in
          if state.isClosed || Task.isCancelled { return true }
          state.waiting[id] = continuation
          return false
        }
        if isRefused { return continuation.resume(throwing: CancellationError()) }
        Task { await connection.send(.request(id: id, method: method, params: params), as: role) }
      }
    } onCancel: {
      if settle(id, .failure(CancellationError())) {
        let params: JSONObject = ["requestId": id.json]
        Task {
          await connection.send(.notification(method: "notifications/cancelled", params: params), as: role)
        }
      }
    }
  }

  /// - Returns: true when a call waited for this answer.
  @discardableResult
  func settle(_ id: RequestID, _ outcome: Result<JSON, any Error>) -> Bool {
    guard let waiting = state.withLock({ $0.waiting.removeValue(forKey: id) }) else { return false }
    waiting.resume(with: outcome)
    return true
  }

  /// Ends all waiting, because no answer can come any more.
  func close() {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [:] }
      return state.waiting.values
    }
    for continuation in waiting { continuation.resume(throwing: CancellationError()) }
  }
}
