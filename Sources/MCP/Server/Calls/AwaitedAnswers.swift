import Synchronization
import SystemSupport

/// Calls that asked for input in the stateless era and wait for their client to come back (2026-07-28,
/// `InputRequiredResult`). Each has an unguessable name, its `requestState`; the request that brings it goes
/// on with the call. The lock guards the table from calls that begin to wait and requests that come back.
final class SuspendedCalls: Sendable {
  private struct Call {
    let active: ActiveRequest
    /// The ticket of the request that was answered with the question.
    let ticket: RequestTicket
    let continuation: CheckedContinuation<JSON, any Error>
  }

  private struct State {
    var calls: [String: Call] = [:]
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Waits until the client comes back with its answer.
  ///
  /// - Parameter announce: Asks the client; it is called when the client may come back.
  /// - Throws: `CancellationError` when the task is cancelled or the client is gone; ``NotAsked`` when that
  ///   was so before the client could be asked.
  func wait(
    as name: String, _ active: ActiveRequest, ticket: RequestTicket, announce: () -> Void
  ) async throws -> JSON {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isRefused = state.withLock { state in
          if state.isClosed || Task.isCancelled { return true }
          state.calls[name] = Call(active: active, ticket: ticket, continuation: continuation)
          return false
        }
        if isRefused { return continuation.resume(throwing: NotAsked()) }
        announce()
      }
    } onCancel: {
      state.withLock { $0.calls.removeValue(forKey: name) }?.continuation.resume(
        throwing: CancellationError())
    }
  }

  /// The client was not asked at all.
  struct NotAsked: Error {}

  /// Lets the call called `name` go on; from now on its result answers another request.
  ///
  /// - Returns: true when there is such a call.
  func resume(_ name: String, with responses: JSON, answering binding: ActiveRequest.Binding) -> Bool {
    guard let call = state.withLock({ $0.calls.removeValue(forKey: name) }) else { return false }
    call.active.bind(binding)
    call.ticket.pass(to: binding.ticket)
    call.continuation.resume(returning: responses)
    return true
  }

  /// Ends all waiting, because no client comes back any more.
  func close() {
    let calls = state.withLock { state in
      state.isClosed = true
      defer { state.calls = [:] }
      return state.calls.values
    }
    for call in calls { call.continuation.resume(throwing: CancellationError()) }
  }
}

/// Turns the name of a call that waits for input into the `requestState` for its client, and back
/// (2026-07-28, `InputRequiredResult`).
public protocol RequestStateCodec: Sendable {
  /// - Parameters:
  ///   - name: An unguessable name of letters, digits and hyphens.
  ///   - method: The method of the request that is answered with the question.
  ///   - params: The parameters of the same request.
  func seal(_ name: String, method: String, params: JSONObject) async -> String

  /// - Throws: `invalidParams` for a state that was not made for such a request, or has expired.
  func open(_ state: String, method: String, params: JSONObject) async throws(RPCError) -> String
}

/// The name itself as the state. That is enough where a client has the server to itself, because the name
/// cannot be guessed.
public struct PlainRequestStates: RequestStateCodec {
  public init() {}

  public func seal(_ name: String, method: String, params: JSONObject) -> String { name }

  public func open(_ state: String, method: String, params: JSONObject) throws(RPCError) -> String { state }
}

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
  func give(_ answer: Result<JSON, any Error>, to id: RequestID) { replies.give(answer, to: id) }

  /// Ends all waiting, because no answer can come any more.
  func close() { replies.close(CancellationError()) }
}
