internal import PythonSandbox

/// A state that a session can go on from.
enum RewindTarget: Sendable {
  /// A checkpoint that was asked for, by its handle.
  case handle(String)
  /// The state before so many of the last runs.
  case undo(runs: Int)
  /// A checkpoint of another session or server.
  case checkpoint(Checkpoint)
  /// The present state.
  case now
}

extension PythonSession {
  /// Saves the state when the runs before have ended.
  ///
  /// - Throws: `SandboxError.notSavable`, `.checkpointTooLarge`.
  func checkpoint(name: String?, at place: RunQueue.Place) async throws -> SavedState {
    abandonQuestion()
    return try await queue.run(at: place) { try await saveNow(as: .asked(name: name)) }
  }

  /// Goes on from another state. The present interpreter is kept until the new one is there.
  ///
  /// - Throws: `SandboxError` when there is no such state, or when it cannot be restored. Nothing has then
  ///   changed.
  func restore(_ target: RewindTarget, reseeds: Bool, at place: RunQueue.Place) async throws {
    abandonQuestion()
    try await queue.run(at: place) {
      saving?.task.cancel()
      let state = try await find(target)
      let former = timeline
      timeline.goOn(from: state, reseeds: reseeds)
      if case .checkpoint = target { timeline.beginning = state }
      do {
        try await replaceInterpreter()
      } catch {
        timeline = former
        throw error
      }
      let runs = timeline.runs
      let isFromElsewhere = timeline.beginning?.handle != former.beginning?.handle
      await checkpoints.remove(of: id) { $0.isAutomatic && ($0.runs > runs || isFromElsewhere) }
    }
  }

  /// Starts the interpreter of a session that goes on from another session's state.
  func open(reseeds: Bool) async throws {
    timeline.goOn(from: timeline.origin, reseeds: reseeds)
    _ = try await interpreter { _ in }
  }

  /// The state to begin another session from.
  func state(_ target: RewindTarget, at place: RunQueue.Place) async throws -> SavedState? {
    abandonQuestion()
    return try await queue.run(at: place) { try await find(target) }
  }

  /// Gives nil for a new Python.
  private func find(_ target: RewindTarget) async throws -> SavedState? {
    func unusable(_ sentence: String) -> SandboxError { SandboxError(.checkpointUnusable, sentence) }
    let states = await checkpoints.states(of: id)
    switch target {
    case .now:
      return try await saveNow(as: .automatic)
    case .checkpoint(let checkpoint):
      return SavedState(kind: .asked(name: nil), runs: 0, lastLine: "", checkpoint: checkpoint)
    case .handle(let handle):
      guard let state = states.first(where: { !$0.isAutomatic && $0.handle == handle }) else {
        throw unusable("This session has no such checkpoint: the oldest are dropped when there are too many.")
      }
      return state
    case .undo(let count):
      let runs = timeline.runs - count
      if runs == timeline.beginning?.runs ?? 0 { return timeline.beginning }
      let known = states.filter(\.isAutomatic)
      if let state = known.last(where: { $0.runs == runs }) { return state }
      let others = timeline.undoable(known).map(String.init).joined(separator: ", ")
      throw unusable(
        "The state before the last \(count == 1 ? "run" : "\(count) runs") is not there"
          + (others.isEmpty ? "." : "; so many runs can be undone: \(others)."))
    }
  }
}
