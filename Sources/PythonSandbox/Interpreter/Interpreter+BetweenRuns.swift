import SystemSupport

/// Orders between two runs, and the watch over what the interpreter costs then: callbacks and timers go on.
extension Interpreter {
  /// Gives the names that a line can be completed to, from the variables that are kept.
  ///
  /// - Returns: Nothing when the interpreter is busy for longer than a second, too.
  public func complete(_ text: String) async -> [String] {
    guard isAlive else { return [] }
    lastCompletion += 1
    let id = lastCompletion
    let found = try? await completions.reply(
      to: id, overdue: .init(after: .seconds(1), reply: .success([]))
    ) {
      owedCompletions.insert(id)
      noteOrder()
      process.send(.complete(request: id, text: text))
    }
    return found ?? []
  }

  /// The time that saving the state may take.
  private static let checkpointTime = Duration.seconds(30)

  /// Saves the state between two runs: variables, functions, generators, imported modules and files.
  ///
  /// A run that is ordered meanwhile does not wait for it.
  ///
  /// - Throws: `SandboxError.notSavable` with the reason: a JavaScript object that Python holds, a pending task, or
  ///   code that runs. It throws `CancellationError`, too. The state is unchanged then.
  public func checkpoint() async throws -> Checkpoint {
    precondition(options.isSavable, "started without isSavable")
    guard isAlive else { throw Checkpoint.unsavable("it has ended") }
    guard running == nil else { throw Checkpoint.unsavable("code is running") }
    lastCheckpoint += 1
    let id = lastCheckpoint
    let tooLong = Checkpoint.unsavable("it took longer than \(Self.checkpointTime.inWords)")
    let content = try await savings.reply(
      to: id, overdue: .init(after: Self.checkpointTime, reply: .failure(tooLong))
    ) {
      process.expectCheckpoint(id)
      noteOrder()
      process.send(.checkpoint(request: id))
    }
    return Checkpoint(of: image, pythonVersion: pythonVersion, content: content)
  }

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
