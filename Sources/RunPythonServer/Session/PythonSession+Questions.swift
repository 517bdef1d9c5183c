internal import MCP

extension PythonSession {
  /// Waits for the answer to a question of `input()`: until it comes, the time is over, or another run wants
  /// to begin. The latter counts for a client that need not come back to this run (2026-07-28, Multi
  /// Round-Trip Requests).
  ///
  /// - Parameters:
  ///   - time: The time to wait; nil for any time.
  ///   - yieldsToOthers: True when another run that wants to begin ends the wait.
  func wait(
    for asking: Task<Elicitation.Answer?, Never>, atMost time: Duration?, yieldsToOthers: Bool
  ) async -> Elicitation.Answer? {
    let timer = time.map { time in
      Task {
        try await Task.sleep(for: time)
        asking.cancel()
      }
    }
    if yieldsToOthers { question = asking }
    defer {
      timer?.cancel()
      question = nil
    }
    return await withTaskCancellationHandler {
      await asking.value
    } onCancel: {
      asking.cancel()
    }
  }

  /// Ends the wait for a client that may never come back.
  func abandonQuestion() {
    question?.cancel()
  }
}
