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
