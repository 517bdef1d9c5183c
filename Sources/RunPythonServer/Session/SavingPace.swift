/// When a session's state is saved, and whether the next run waits for that. Pure.
struct SavingPace {
  enum Start: Equatable {
    /// At once. A run that follows waits for it when `isAwaited`, and else may forestall it.
    case now(isAwaited: Bool)
    /// When no other run has begun until then.
    case after(Duration)
  }

  /// Runs that follow each other faster than this are not to wait for each other's state to be saved.
  private static let haste = Duration.milliseconds(50)
  /// How long a session in haste is to be idle before its state is saved.
  private static let idleTime = Duration.milliseconds(100)
  /// Runs in haste wait for no more than this part of the time: one in so many.
  private static let share = 20
  /// What runs that are to be undone may wait beyond that, such as when many lines are pasted.
  private static let maximumCredit = Duration.seconds(1)

  private var credit = Self.maximumCredit
  private var lastCost: Duration?
  /// The less of the last two: a machine that stood still for a moment makes saving no dearer.
  private var usualCost = Duration.zero
  private var lastSave: ContinuousClock.Instant?
  private var lastEnd: ContinuousClock.Instant?
  private var isHasty = false

  /// Notes what it took to save the state.
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

  /// - Parameter isUndoable: whether the state after the run matters even when another run follows at once.
  mutating func endRun(isUndoable: Bool, at now: ContinuousClock.Instant = .now) -> Start {
    lastEnd = now
    let isCheap = lastSave.map { now - $0 > usualCost * Self.share } ?? true
    if isUndoable, isCheap || credit > .zero { return .now(isAwaited: true) }
    return isCheap || !isHasty ? .now(isAwaited: false) : .after(max(Self.idleTime, usualCost))
  }
}
