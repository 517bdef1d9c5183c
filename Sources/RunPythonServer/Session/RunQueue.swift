internal import Metrics

/// Lets one run of a session go on at a time, in the order in which they came.
actor RunQueue {
  private nonisolated let waitTime = Timer(label: "mcp_run_python_queue_seconds")
  private var isBusy = false
  private var waiting: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
  private var lastID = 0

  /// Runs `work` when all that came before has ended.
  ///
  /// - Throws: `CancellationError` when the task is cancelled while it waits.
  nonisolated(nonsending) func enqueue<Value>(_ work: () async throws -> Value) async throws -> Value {
    let start = ContinuousClock.now
    try await enter()
    waitTime.record(duration: ContinuousClock.now - start)
    do {
      let value = try await work()
      await leave()
      return value
    } catch {
      await leave()
      throw error
    }
  }

  private func enter() async throws {
    try Task.checkCancellation()
    guard isBusy else {
      isBusy = true
      return
    }
    lastID += 1
    let id = lastID
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { waiting.append((id, $0)) }
    } onCancel: {
      Task { await self.abandon(id) }
    }
  }

  private func leave() {
    if waiting.isEmpty {
      isBusy = false
    } else {
      waiting.removeFirst().continuation.resume()
    }
  }

  private func abandon(_ id: Int) {
    guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
    waiting.remove(at: index).continuation.resume(throwing: CancellationError())
  }
}
