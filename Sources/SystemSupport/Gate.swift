import Synchronization

/// Lets tasks through while it is open, and makes them wait while it is shut. The lock guards the waiting
/// tasks from those that open it and those that are cancelled.
package final class Gate: Sendable {
  private struct State {
    var isOpen: Bool
    var nextTicket = 0
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state: Mutex<State>

  package init(isOpen: Bool) {
    state = Mutex(State(isOpen: isOpen))
  }

  package var isOpen: Bool { state.withLock { $0.isOpen } }

  package func shut() { state.withLock { $0.isOpen = false } }

  package func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [:] }
      return state.waiting
    }
    for continuation in waiting.values { continuation.resume() }
  }

  /// Returns when the gate is open or the task is cancelled.
  package func pass() async {
    let ticket: Int? = state.withLock { state in
      guard !state.isOpen else { return nil }
      state.nextTicket += 1
      return state.nextTicket
    }
    guard let ticket else { return }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let passes = state.withLock { state in
          if state.isOpen || Task.isCancelled { return true }
          state.waiting[ticket] = continuation
          return false
        }
        if passes { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
    }
  }
}

extension Gate {
  /// Waits for the gate to open, but no longer than this, nor past a cancellation.
  ///
  /// - Returns: true when it is open.
  package func passes(within time: Duration) async -> Bool {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.pass() }
      group.addTask { try? await Task.sleep(for: time) }
      await group.next()
      group.cancelAll()
    }
    return isOpen
  }
}
