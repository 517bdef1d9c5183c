import Synchronization

/// The right of one request to be heard of, from its arrival to its answer or cancellation.
final class RequestTicket: Sendable {
  private struct State {
    var isOpen = true
    var task: Task<Void, Never>?
  }

  private let state = Mutex(State())

  var isOpen: Bool { state.withLock { $0.isOpen } }

  /// The work on the request.
  var attachedTask: Task<Void, Never>? { state.withLock { $0.task } }

  func attach(_ task: Task<Void, Never>) {
    let wasCancelled = state.withLock { state in
      state.task = task
      return !state.isOpen
    }
    if wasCancelled { task.cancel() }
  }

  /// Ends the right to be heard.
  ///
  /// - Returns: Whether it still existed.
  @discardableResult
  func close() -> Bool {
    state.withLock { state in
      defer { state.isOpen = false }
      return state.isOpen
    }
  }

  /// Stops the work; an answer is still wanted unless the ticket is closed.
  func cancelTask() { state.withLock { $0.task }?.cancel() }
}
