/// The watch over what an interpreter costs, in a run and between two runs. Callbacks and timers go on then.
extension Interpreter {
  /// The measures against code that used the processor after its run.
  enum Restraint {
    case none
    /// The guest's event loop stands still until the next order.
    case held
    /// It did not stand still, and was told to stop what it is at.
    case interrupted
  }

  private static let shortestPause = Duration.milliseconds(250)
  private static let longestPause = Duration.seconds(2)
  /// The time in which an order for completions or a checkpoint is worked on at the host's cost.
  private static let orderTime = Duration.seconds(30)

  /// Watches as long as a run lasts what the interpreter has in memory.
  func watchMemory(_ id: Int) {
    Task {
      while running?.id == id, !endIfTooLarge() { try? await Task.sleep(for: .milliseconds(50)) }
    }
  }

  /// Ends a process that takes more memory than it may; gives true then.
  private func endIfTooLarge() -> Bool {
    guard let megabytes = process.residentMemory, megabytes > options.limits.residentMemory
    else { return false }
    kill(.tooLarge(megabytes: options.limits.residentMemory))
    return true
  }

  /// Watches until the next run what the interpreter has in memory, and what the processor does for it.
  ///
  /// - Parameter keeps: true when what the run left may go on, so that its processor time counts.
  func watchIdling(keeps: Bool) {
    let run = runs
    Task {
      var budget = IdleBudget()
      var pause = Self.shortestPause
      var lastUsed: Duration?
      while isAlive, running == nil, runs == run {
        if endIfTooLarge() { return }
        if keeps, let used = process.processorTime {
          if isWorking {
            budget.skip(used, at: .now)
          } else if !budget.take(used, at: .now) {
            restrain()
            budget = IdleBudget()
          }
          pause = used == lastUsed ? min(pause * 2, Self.longestPause) : Self.shortestPause
          lastUsed = used
        }
        try? await Task.sleep(for: pause)
      }
    }
  }

  /// True while the process works on an order of the host between two runs.
  private var isWorking: Bool {
    guard let orderedAt, ContinuousClock.now - orderedAt < Self.orderTime else { return false }
    return !owedCompletions.isEmpty || process.owesCheckpoint
  }

  /// Notes an order between two runs, which lets a guest go on that was held.
  func noteOrder() {
    orderedAt = .now
    restraint = .none
  }

  private func restrain() {
    switch restraint {
    case .none:
      wasHeld = true
      restraint = .held
      process.send(.hold(interrupts: false))
    case .held:
      restraint = .interrupted
      process.send(.hold(interrupts: true))
    case .interrupted:
      kill(.restless)
    }
  }
}

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

/// The processor time that code may use after its run has ended. The type is pure.
///
/// It fills at a steady rate up to a burst, so that a callback now and then goes on undisturbed.
struct IdleBudget {
  static let burst = Duration.seconds(2)

  private var left = burst
  private var last: (used: Duration, time: ContinuousClock.Instant)?

  /// Takes what was used since the last call; the first call takes nothing.
  ///
  /// - Parameter used: all that the process has used until now.
  /// - Returns: false when more was used than there was, and the budget is full again.
  mutating func take(_ used: Duration, at time: ContinuousClock.Instant) -> Bool {
    guard let last else {
      skip(used, at: time)
      return true
    }
    left = min(Self.burst, left + (time - last.time) * Limits.idleProcessorTime / 1000) - (used - last.used)
    self.last = (used, time)
    if left >= .zero { return true }
    left = Self.burst
    return false
  }

  /// Takes nothing for the time since the last call, since the process worked for the host.
  mutating func skip(_ used: Duration, at time: ContinuousClock.Instant) {
    last = (used, time)
  }
}
