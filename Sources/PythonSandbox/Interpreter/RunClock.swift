/// Measures the time of a run. It can be stopped while the run waits for its user.
struct RunClock {
  private var left: Duration?
  private let onEnd: @Sendable () async -> Void
  private var begin = ContinuousClock.now
  private var waiting: Task<Void, Never>?

  /// - Parameters:
  ///   - limit: The time after which the clock ends; nil for a clock that never ends.
  ///   - onEnd: The call at the end.
  init(limit: Duration?, onEnd: @escaping @Sendable () async -> Void) {
    left = limit
    self.onEnd = onEnd
  }

  mutating func start() {
    guard let left, waiting == nil else { return }
    begin = .now
    waiting = Task { [onEnd] in
      guard (try? await Task.sleep(for: left)) != nil else { return }
      await onEnd()
    }
  }

  mutating func stop() {
    guard let waiting else { return }
    waiting.cancel()
    self.waiting = nil
    left = left.map { max(.zero, $0 - (.now - begin)) }
  }
}
