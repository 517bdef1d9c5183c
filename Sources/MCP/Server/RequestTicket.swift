import Synchronization

/// The right of one request to be heard of, from its arrival to its answer or cancellation. The lock guards
/// it from the request's work and the messages that cancel it.
final class RequestTicket: Sendable {
  private struct State {
    var isOpen = true
    /// True when the work must stop; it stays false when an answer ended the right.
    var isCancelled = false
    var task: Task<Void, Never>?
    var successor: RequestTicket?
  }

  private let state = Mutex(State())

  var isOpen: Bool { state.withLock { $0.isOpen } }

  /// Attaches the work on the request, which may be well on its way by then.
  func attach(_ task: Task<Void, Never>) {
    let (isCancelled, successor) = state.withLock { state in
      state.task = task
      return (state.isCancelled, state.successor)
    }
    if isCancelled { task.cancel() }
    successor?.attach(task)
  }

  /// Passes the work on to another request.
  func pass(to successor: RequestTicket) {
    let task = state.withLock { state in
      state.successor = successor
      return state.task
    }
    if let task { successor.attach(task) }
  }

  /// Ends the right to be heard.
  ///
  /// - Returns: true when it still existed.
  @discardableResult
  func close() -> Bool {
    state.withLock { state in
      defer { state.isOpen = false }
      return state.isOpen
    }
  }

  /// Stops the work. An answer is still wanted unless the ticket is closed.
  func cancelTask() {
    let task = state.withLock { state in
      state.isCancelled = true
      return state.task
    }
    task?.cancel()
  }
}
