internal import Logging
internal import Metrics
internal import PythonSandbox

extension PythonSession {
  /// Runs that follow each other faster than this are not to wait for each other's state to be saved.
  private static let haste = Duration.milliseconds(50)
  /// How long a session in haste is to be idle before its state is saved.
  private static let idleTime = Duration.milliseconds(100)
  /// Runs in haste wait for no more than this part of the time: one in so many.
  private static let share = 20

  private static let saveTime = Timer(label: "mcp_run_python_checkpoint_seconds")

  /// Notes that a run begins.
  func beginRun(_ code: String, isAside: Bool) {
    saving?.cancel()
    saving = nil
    if !isAside { timeline.beginRun(code) }
    pace.beginRun()
  }

  /// Saves the state soon, unless another run begins.
  func scheduleSaving(of interpreter: Interpreter) {
    pace.endRun()
    guard isSaved, timeline.runs >= pace.nextTry else { return }
    let delay = pace.delay
    let (runs, jumps) = (timeline.runs, timeline.jumps)
    saving = Task {
      if delay > .zero { try? await Task.sleep(for: delay) }
      guard !Task.isCancelled else { return }
      do {
        let state = try await save(interpreter, as: .automatic)
        // What it saved is the state after that run, even when another one has begun meanwhile.
        guard timeline.jumps == jumps, state.runs == runs else { return }
        timeline.note(state)
        logger.trace("Saved after run \(runs): \(state.checkpoint.size) bytes")
      } catch {
        guard timeline.jumps == jumps, timeline.runs == runs else { return }
        timeline.obstacle = "\(error)"
        logger.debug("\(error)")
        if (error as? SandboxError)?.code == .checkpointTooLarge { skipSaving() }
      }
    }
  }

  /// The state as it is now: that of the last run, when it was saved after it, else saved now.
  ///
  /// - Throws: `SandboxError.notSavable`, `.checkpointTooLarge`.
  func saveNow(as kind: SavedState.Kind) async throws -> SavedState {
    saving?.cancel()
    await saving?.value
    guard let last = timeline.lastState else {
      return try await save(try await interpreter { _ in }, as: kind)
    }
    if kind == .automatic { return last }
    return try await keep(
      SavedState(kind: kind, runs: last.runs, lastLine: last.lastLine, checkpoint: last.checkpoint))
  }

  /// Saves the state as it is between two runs, and keeps it in the store.
  ///
  /// - Throws: `SandboxError.notSavable`, `.checkpointTooLarge`.
  private func save(_ interpreter: Interpreter, as kind: SavedState.Kind) async throws -> SavedState {
    let (runs, lastLine) = (timeline.runs, timeline.lastLine)
    let start = ContinuousClock.now
    let checkpoint = try await interpreter.checkpoint()
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

  /// To save what is not kept costs more than it is worth: tries again some runs later.
  private func skipSaving() {
    if pace.nextTry == 0 {
      logger.info(
        "The session's state is too large to be saved after each run: a run that has to be killed takes it along."
      )
    }
    pace.nextTry = timeline.runs + Self.skippedRuns
  }

  private static let skippedRuns = 10

  /// After the interpreter was lost: starts one that goes on from the last state that was saved. Gives what the client
  /// is to be told, in words that follow "replaced by a new one".
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

  /// The interpreter had ended before the run that has just begun, and is replaced: notes what the client is to be told.
  func noteSilentLoss(isAside: Bool) {
    let unsaved = timeline.unsavedRuns - (isAside ? 0 : 1)
    guard state == .keep, unsaved > 0 else { return }
    let told =
      timeline.origin == nil
      ? "all variables are lost" : "all variables and files are as they were before the last \(unsaved) runs"
    notice = Notice("The Python interpreter had ended unexpectedly, and was replaced by a new one; \(told).")
  }

  /// When the state is saved. Pure.
  struct Pace {
    /// The state is not saved before so many runs.
    var nextTry = 0
    private var lastCost = Duration.zero
    private var lastSave: ContinuousClock.Instant?
    private var lastEnd: ContinuousClock.Instant?
    private var isHasty = false

    mutating func note(_ cost: Duration) {
      lastCost = cost
      lastSave = .now
    }

    mutating func beginRun() {
      isHasty = lastEnd.map { ContinuousClock.now - $0 < PythonSession.haste } ?? false
    }

    mutating func endRun() { lastEnd = .now }

    /// How long to wait after a run.
    var delay: Duration {
      let isCheap =
        lastSave.map { ContinuousClock.now - $0 > lastCost * PythonSession.share } ?? true
      return isCheap || !isHasty ? .zero : max(PythonSession.idleTime, lastCost)
    }
  }
}

extension String {
  fileprivate var trimmingPeriod: String { hasSuffix(".") ? String(dropLast()) : self }
}
