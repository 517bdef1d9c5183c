import Synchronization

/// Replies that tasks wait for, each under an id: answers to requests, lines from a user.
///
/// The first reply counts, be it from elsewhere or because nobody waits any more. The lock guards the table
/// from tasks that wait, are cancelled, or bring the replies.
package final class PendingReplies<ID: Hashable & Sendable, Value: Sendable>: Sendable {
  package typealias Reply = Result<Value, any Error>

  /// The reply that is taken when none comes within the time.
  package struct Overdue: Sendable {
    let time: Duration
    let reply: Reply

    package init(after time: Duration, reply: Reply) {
      self.time = time
      self.reply = reply
    }
  }

  private enum Entry {
    /// Nobody waits yet.
    case expected
    case awaited(CheckedContinuation<Value, any Error>)
    /// The reply came before somebody waited for it.
    case given(Reply, isGivenUp: Bool)
  }

  private struct State {
    var entries: [ID: Entry] = [:]
    /// The reason why no more replies will come.
    var end: (any Error)?
  }

  private let state = Mutex(State())

  package init() {}

  /// The ids of the replies that have not come.
  package var openIDs: [ID] {
    state.withLock { state in
      state.entries.compactMap { id, entry in
        if case .given = entry { nil } else { id }
      }
    }
  }

  /// Makes a place for a reply that may come before anybody waits for it.
  package func expect(_ id: ID) {
    state.withLock { state in
      state.entries[id] = state.end.map { .given(.failure($0), isGivenUp: false) } ?? .expected
    }
  }

  /// Drops the place for a reply that nobody will wait for.
  package func forget(_ id: ID) { state.withLock { $0.entries[id] = nil } }

  /// Waits for a reply.
  ///
  /// - Parameters:
  ///   - overdue: The reply that is taken when none comes within a time; nil waits as long as the task lives.
  ///   - ask: Asks for the reply, once there is a place for it. A task that is cancelled by then does not ask,
  ///     unless the reply is expected already.
  ///   - onGivingUp: Called with the reply that replaces the one that is not waited for any more: the time is
  ///     over or the task is cancelled. It is called after `ask`.
  /// - Throws: The error that is the reply, the reason of ``close(_:)``, or `CancellationError`.
  package nonisolated(nonsending) func reply(
    to id: ID, overdue: Overdue? = nil, ask: () -> Void = {},
    onGivingUp: @escaping @Sendable (Reply) -> Void = { _ in }
  ) async throws -> Value {
    let timer = overdue.map { overdue in
      Task {
        try await Task.sleep(for: overdue.time)
        giveUp(id, overdue.reply, onGivingUp)
      }
    }
    defer { timer?.cancel() }
    return try await withTaskCancellationHandler {
      try makePlace(for: id)
      ask()
      return try await withCheckedThrowingContinuation { wait(for: id, $0, onGivingUp) }
    } onCancel: {
      giveUp(id, .failure(CancellationError()), onGivingUp)
    }
  }

  private func makePlace(for id: ID) throws {
    try state.withLock { state in
      guard state.entries[id] == nil else { return }
      if let end = state.end { throw end }
      try Task.checkCancellation()
      state.entries[id] = .expected
    }
  }

  private func wait(
    for id: ID, _ continuation: CheckedContinuation<Value, any Error>,
    _ onGivingUp: (Reply) -> Void
  ) {
    let given: (reply: Reply, isGivenUp: Bool)? = state.withLock { state in
      if case .given(let reply, let isGivenUp)? = state.entries[id] {
        state.entries[id] = nil
        return (reply, isGivenUp)
      }
      state.entries[id] = .awaited(continuation)
      return nil
    }
    guard let given else { return }
    if given.isGivenUp { onGivingUp(given.reply) }
    continuation.resume(with: given.reply)
  }

  /// Gives a reply.
  ///
  /// - Returns: false when none is wanted, or there is one already.
  @discardableResult
  package func give(_ reply: Reply, to id: ID) -> Bool { give(reply, to: id, isGivenUp: false) != .none }

  /// Gives the same error to all that wait.
  package func failAll(_ error: any Error) {
    for id in openIDs { give(.failure(error), to: id) }
  }

  /// Ends all waiting, now and later, because no more replies will come.
  package func close(_ reason: any Error) {
    state.withLock { $0.end = $0.end ?? reason }
    failAll(reason)
  }

  private func giveUp(_ id: ID, _ reply: Reply, _ onGivingUp: (Reply) -> Void) {
    // Whoever still asks tells it then, so that nobody hears of the end before the question.
    if give(reply, to: id, isGivenUp: true) == .waiter { onGivingUp(reply) }
  }

  private enum Receiver {
    case none, place, waiter
  }

  private func give(_ reply: Reply, to id: ID, isGivenUp: Bool) -> Receiver {
    let (receiver, waiter): (Receiver, CheckedContinuation<Value, any Error>?) = state.withLock { state in
      switch state.entries[id] {
      case .awaited(let continuation)?:
        state.entries[id] = nil
        return (.waiter, continuation)
      case .expected?:
        state.entries[id] = .given(reply, isGivenUp: isGivenUp)
        return (.place, nil)
      case .given?, nil: return (.none, nil)
      }
    }
    // The task is woken outside the lock, because one that cancels it holds it and asks for the lock.
    waiter?.resume(with: reply)
    return receiver
  }
}
