/// Decides when a session's state is saved, and if the next run waits for that. Pure.
struct SavingPace {
  enum Start: Equatable {
    /// The state is saved at once. The next run waits for it when `isAwaited`; otherwise it may forestall it.
    case now(isAwaited: Bool)
    /// The state is saved if no other run has begun until then.
    case after(Duration)
  }

  /// Runs that follow each other faster than this do not wait for each other's state to be saved.
  private static let haste = Duration.milliseconds(50)
  /// The time that a session in haste must be idle before its state is saved.
  private static let idleTime = Duration.milliseconds(100)
  /// In a fast series of runs, saving may take at most 1/20 of the time.
  private static let share = 20
  /// The time that runs that can be undone may wait beyond that, for instance when many lines are pasted.
  private static let maximumCredit = Duration.seconds(1)

  private var credit = Self.maximumCredit
  private var lastCost: Duration?
  /// The less of the last two times: a machine that stood still for a moment makes saving no dearer.
  private var usualCost = Duration.zero
  private var lastSave: ContinuousClock.Instant?
  private var lastEnd: ContinuousClock.Instant?
  private var isHasty = false

  /// Notes the time that saving the state took.
  mutating func note(_ cost: Duration, at now: ContinuousClock.Instant = .now) {
    let earned = lastSave.map { (now - $0) / Self.share } ?? .zero
    credit = min(credit + earned, Self.maximumCredit) - cost
    usualCost = min(cost, lastCost ?? cost)
    lastCost = cost
    lastSave = now
  }

  mutating func beginRun(at now: ContinuousClock.Instant = .now) {
    isHasty = lastEnd.map { now - $0 < Self.haste } ?? false
  }

  /// - Parameter isUndoable: True when the state after the run matters even if another run follows at once.
  mutating func endRun(isUndoable: Bool, at now: ContinuousClock.Instant = .now) -> Start {
    lastEnd = now
    let isCheap = lastSave.map { now - $0 > usualCost * Self.share } ?? true
    if isUndoable, isCheap || credit > .zero { return .now(isAwaited: true) }
    return isCheap || !isHasty ? .now(isAwaited: false) : .after(max(Self.idleTime, usualCost))
  }
}
