internal import Logging
internal import MCP
internal import Metrics
internal import PythonSandbox
internal import RunPythonTool
internal import SystemSupport

extension PythonSession {
  private static let saveTime = Timer(label: "mcp_run_python_checkpoint_seconds")

  /// Saves the state after a run.
  struct Saving {
    let task: Task<Void, Never>
    /// True when the next run waits for it.
    let isAwaited: Bool
    /// The gate that opens when nothing more of it will be kept.
    let end: Gate

    /// Gives up saving that has not begun. It waits until nothing more will be kept, or for a cancellation.
    func giveUp() async {
      task.cancel()
      await end.pass()
    }
  }

  /// Notes that a run begins, after the earlier state was saved if it must be.
  ///
  /// - Returns: true when the run may begin. It may not when it is cancelled or its time is over while the
  ///   earlier state keeps the interpreter busy.
  func beginRun(_ code: String, isAside: Bool) async -> Bool {
    pace.beginRun()
    var isFree = true
    if let saving {
      if saving.isAwaited { isFree = await isOver(saving) } else { saving.task.cancel() }
    }
    saving = nil
    if !isAside { timeline.beginRun(code) }
    return isFree
  }

  private func isOver(_ saving: Saving) async -> Bool {
    guard let limit = sandbox.options.limits.timeout else {
      await saving.end.pass()
      return saving.end.isOpen
    }
    return await saving.end.passes(within: limit)
  }

  /// Saves the state soon after a run.
  func scheduleSaving(of interpreter: Interpreter, isUndoable: Bool) {
    let start = pace.endRun(isUndoable: isUndoable)
    guard isSaved, timeline.runs >= nextSaving else { return }
    let end = Gate(isOpen: false)
    let task = Task {
      defer { end.open() }
      if case .after(let delay) = start { try? await Task.sleep(for: delay) }
      // Saving that has begun is not given up, because the next run waits behind it in any case.
      if !Task.isCancelled { await Task { await saveLastRun(of: interpreter) }.value }
    }
    saving = Saving(task: task, isAwaited: start == .now(isAwaited: true), end: end)
  }

  private func saveLastRun(of interpreter: Interpreter) async {
    let (runs, jumps) = (timeline.runs, timeline.jumps)
    do {
      let state = try await save(interpreter, as: .automatic)
      // The saved state is the one after that run, even when another run has begun meanwhile.
      guard timeline.jumps == jumps else { return }
      timeline.note(state)
      logger.trace("Saved after run \(runs): \(state.checkpoint.size) bytes")
    } catch {
      guard timeline.jumps == jumps, timeline.runs == runs else { return }
      timeline.obstacle = "\(error)"
      logger.debug("\(error)")
      if (error as? SandboxError)?.code == .checkpointTooLarge { skipSaving() }
    }
  }

  /// Gives the present state: the one after the last run if it was saved, otherwise it is saved now.
  ///
  /// - Throws: `SandboxError.notSavable`, `.checkpointTooLarge`.
  func saveNow(as kind: SavedState.Kind) async throws -> SavedState {
    await saving?.giveUp()
    try Task.checkCancellation()
    guard let last = timeline.lastState else {
      return try await save(try await interpreter { _ in }, as: kind)
    }
    if kind == .automatic { return last }
    return try await keep(
      SavedState(kind: kind, runs: last.runs, lastLine: last.lastLine, checkpoint: last.checkpoint))
  }

  /// Saves the state between two runs, and keeps it in the store.
  ///
  /// - Throws: `SandboxError.notSavable`, `.checkpointTooLarge`.
  private func save(_ interpreter: Interpreter, as kind: SavedState.Kind) async throws -> SavedState {
    let (runs, lastLine, jumps) = (timeline.runs, timeline.lastLine, timeline.jumps)
    let start = ContinuousClock.now
    let checkpoint = try await interpreter.checkpoint()
    // A rewind may have begun meanwhile; these runs are then undone.
    guard timeline.jumps == jumps else { throw CancellationError() }
    let cost = ContinuousClock.now - start
    pace.note(cost)
    Self.saveTime.record(duration: cost)
    return try await keep(SavedState(kind: kind, runs: runs, lastLine: lastLine, checkpoint: checkpoint))
  }

  private func keep(_ state: SavedState) async throws -> SavedState {
    guard await checkpoints.add(state, of: id) else {
      throw SandboxError(
        .checkpointTooLarge,
        "The session cannot be saved: it takes \(state.checkpoint.size >> 20) MB, which is too much.")
    }
    return state
  }

  /// Skips saving for some runs, because a state that cannot be kept costs more than it is worth.
  private func skipSaving() {
    if nextSaving == 0 {
      logger.info(
        "The session's state is too large to be saved after each run: a run that has to be killed takes it along."
      )
    }
    nextSaving = timeline.runs + Self.skippedRuns
  }

  private static let skippedRuns = 10

  /// After the loss of the interpreter, starts one that goes on from the last saved state. It gives the words
  /// for the client, which follow "replaced by a new one".
  func recover() async -> String {
    guard state == .keep else { return "" }
    guard isSaved else { return "; all variables are lost" }
    let unsaved = timeline.unsavedRuns
    let obstacle = timeline.obstacle.map { " (\($0.trimmingPeriod))" } ?? ""
    guard timeline.origin != nil || unsaved <= 1 else { return "; all variables are lost\(obstacle)" }
    timeline.goOn(from: timeline.origin)
    if timeline.origin != nil {
      do {
        _ = try await interpreter { _ in }
      } catch {
        logger.warning("The last state could not be restored: \(error)")
        timeline.goOn(from: nil)
        await checkpoints.remove(of: id) { $0.isAutomatic }
        return "; all variables are lost, since their last state could not be restored"
      }
    }
    return unsaved <= 1
      ? "; all variables and files are as they were before this run"
      : "; all variables and files are as they were before the last \(unsaved) runs\(obstacle)"
  }

  /// Notes the words for the client when the interpreter has ended since the last run.
  func noteLossBetweenRuns(isAside: Bool) {
    guard let loss = lossBetweenRuns else { return }
    lossBetweenRuns = nil
    note(loss, isAside: isAside)
  }

  /// Notes the words for the client about an interpreter that ended before the run that has just begun.
  func note(_ loss: RunResult.Loss, isAside: Bool) {
    guard state == .keep, notice == nil else { return }
    let unsaved = timeline.unsavedRuns - (isAside ? 0 : 1)
    let told =
      if unsaved <= 0 {
        "all variables and files are as they were"
      } else if timeline.origin == nil {
        "all variables are lost"
      } else {
        "all variables and files are as they were before the last \(unsaved == 1 ? "run" : "\(unsaved) runs")"
      }
    // The client need not know of an end by which it lost nothing.
    if unsaved <= 0, case .died = loss { return }
    notice = Notice("\(loss.sentenceBetweenRuns), and was replaced by a new one; \(told).")
  }
}

extension String {
  fileprivate var trimmingPeriod: String { hasSuffix(".") ? String(dropLast()) : self }
}

/// The pace at which a session's state is saved: it says when that is, and if the next run waits for it. The type
/// is pure.
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
