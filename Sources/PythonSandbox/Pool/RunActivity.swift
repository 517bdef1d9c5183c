internal import Synchronization

/// Whether this program runs Python code, so that work nobody waits for can wait for a lull.
final class RunActivity: Sendable {
  static let shared = RunActivity()

  private struct State {
    var runs = 0
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var lastWaiter = 0
  }
  private let state = Mutex(State())

  func begin() { state.withLock { $0.runs += 1 } }

  func end() {
    let waiting = state.withLock { state in
      state.runs -= 1
      guard state.runs == 0 else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Returns when no code runs, but not later than after `limit`, and at once when the task is cancelled.
  func lull(within limit: Duration) async {
    await withTaskGroup { group in
      group.addTask { await self.quiet() }
      group.addTask { try? await Task.sleep(for: limit) }
      await group.next()
      group.cancelAll()
    }
  }

  private func quiet() async {
    let id = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isQuiet = state.withLock { state in
          if state.runs == 0 || Task.isCancelled { return true }
          state.waiting[id] = continuation
          return false
        }
        if isQuiet { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
    }
  }
}
