internal import MCP
internal import PythonSandbox

/// What a session can be told to go on from.
enum RewindTarget: Sendable {
  /// A checkpoint that was asked for.
  case handle(String)
  /// The state before the last so many runs.
  case undo(runs: Int)
  /// As it is now.
  case now
}

extension PythonSession {
  /// Where it stands, and what it can go back to.
  struct Standing: Sendable {
    var runs: Int
    var lastLine: String
    /// The checkpoints that were asked for, the oldest first.
    var checkpoints: [SavedState]
    /// After which runs the state was saved without being asked for, the oldest first.
    var saved: [Int]
  }

  var standing: Standing {
    get async {
      let states = await checkpoints.states(of: id)
      return Standing(
        runs: timeline.runs, lastLine: timeline.lastLine, checkpoints: states.filter { !$0.isAutomatic },
        saved: states.filter(\.isAutomatic).map(\.runs))
    }
  }

  /// Saves the state when the runs before have ended.
  ///
  /// - Throws: `SandboxError.notSavable`.
  func checkpoint(name: String) async throws -> SavedState {
    try await queue.enqueue {
      try await save(try await interpreter { _ in }, name: name)
    }
  }

  /// Goes on from another state. Until it is there, the interpreter that there was is kept.
  ///
  /// - Throws: `RPCError` when there is no such state, `SandboxError` when it cannot be restored: nothing has changed
  ///   then.
  func restore(_ target: RewindTarget, reseeds: Bool) async throws {
    try await queue.enqueue {
      saving?.cancel()
      let former = timeline
      timeline.goOn(from: try await find(target), reseeds: reseeds)
      do {
        try await replaceInterpreter()
      } catch {
        timeline = former
        throw error
      }
      let runs = timeline.runs
      await checkpoints.remove(of: id) { $0.isAutomatic && $0.runs > runs }
    }
  }

  /// Starts the interpreter of a session that goes on from another one's state.
  func open(reseeds: Bool) async throws {
    timeline.goOn(from: timeline.origin, reseeds: reseeds)
    _ = try await interpreter { _ in }
  }

  /// The state to begin another session from.
  func state(_ target: RewindTarget) async throws -> SavedState? {
    try await queue.enqueue { try await find(target) }
  }

  private func find(_ target: RewindTarget) async throws -> SavedState? {
    let states = await checkpoints.states(of: id)
    switch target {
    case .now:
      return try await save(try await interpreter { _ in }, name: nil)
    case .handle(let handle):
      guard let state = states.first(where: { !$0.isAutomatic && $0.handle == handle }) else {
        throw RPCError.invalidParams(
          "This session has no such checkpoint. The oldest are dropped when there are too many.")
      }
      return state
    case .undo(let count):
      let runs = timeline.runs - count
      if runs == 0, beginsAnew { return nil }
      let known = states.filter(\.isAutomatic) + [timeline.origin].compactMap(\.self)
      if let state = known.last(where: { $0.runs == runs }) { return state }
      let possible = Set(known.map { timeline.runs - $0.runs }.filter { $0 > 0 }).sorted()
      let others = possible.map(String.init).joined(separator: ", ")
      throw RPCError.invalidParams(
        "The state before the last \(count == 1 ? "run" : "\(count) runs") was not saved"
          + (possible.isEmpty ? "." : "; these can be undone: \(others)."))
    }
  }
}
