public import SystemSupport

extension Sessions {
  /// The next step of a command.
  public enum Step: Sendable, Hashable {
    /// There is nothing more to do; the text is for the user.
    case tell(String)
    /// The prompt turns to another session of the server from now on; the text is for the user.
    case use(handle: String?, String)
    /// The server is to be asked; its answer goes to ``take(_:to:at:)``.
    case ask(SessionRequest)
  }

  /// - Throws: a sentence for the user.
  public mutating func step(for command: SessionCommand, at now: Date) throws(CommandError) -> Step {
    if let obstacle { throw CommandError(obstacle) }
    switch command {
    case .checkpoint(let name, let file):
      return .ask(.checkpoint(name: name ?? current.nextCheckpointName, file: file))
    case .undo(let runs, let reseeds): return .ask(.restore(try undo(runs), reseeds: reseeds))
    case .rewind(let name, let reseeds): return .ask(.restore(try target(name), reseeds: reseeds))
    case .fork(let name, let reseeds):
      wantedName = try freeName(name)
      return .ask(.fork(reseeds: reseeds))
    case .session(nil): return .tell(SessionTable.sessions(branches, current: current.name))
    case .session(let name?): return try go(to: name)
    case .checkpoints: return .tell(SessionTable.checkpoints(branches, at: now))
    }
  }

  /// The target for the server that takes back so many runs.
  private func undo(_ runs: Int) throws(CommandError) -> String {
    let undoable = current.undoable
    guard runs <= undoable else {
      let runs = undoable == 0 ? "is no run" : undoable == 1 ? "is 1 run" : "are \(undoable) runs"
      if current.inherited.isEmpty { throw CommandError("There \(runs) to undo.") }
      throw CommandError(
        "There \(runs) to undo in \(current.name), which was forked at #\(current.inherited.count).")
    }
    let target = current.past.dropLast(runs).last?.count ?? 0
    return "-\(current.count - target)"
  }

  /// The target for the server that the user's word names.
  private func target(_ name: String) throws(CommandError) -> String {
    if let kept = current.kept.first(where: { $0.name == name }) { return kept.handle }
    if name.hasPrefix("#"), let position = Int(name.dropFirst()) {
      guard (0..<current.position).contains(position) else {
        throw CommandError("There is no #\(position) to go back to; this is #\(current.position).")
      }
      return try undo(current.position - position)
    }
    if let other = branches.first(where: { $0.kept.contains { $0.name == name } }) {
      throw CommandError(
        "The checkpoint \"\(name)\" is one of the session \(other.name); \":session \(other.name)\" goes there."
      )
    }
    throw CommandError(
      Self.missing("checkpoint", name, checkpointNames, otherwise: "; \":checkpoint\" makes one."))
  }

  private mutating func go(to name: String) throws(CommandError) -> Step {
    guard let index = branches.firstIndex(where: { $0.name == name }) else {
      throw CommandError(Self.missing("session", name, sessionNames))
    }
    self.index = index
    return .use(handle: current.handle, "This is \(name == Self.firstName ? "main " : "")\(place)\(after).")
  }

  private func freeName(_ name: String?) throws(CommandError) -> String {
    let taken = Set(sessionNames)
    guard let name else {
      let letters = "bcdefghijklmnopqrstuvwxyz".map(String.init)
      return letters.first { !taken.contains($0) } ?? "s\(branches.count + 1)"
    }
    guard !taken.contains(name) else { throw CommandError("There is a session \"\(name)\" already.") }
    return name
  }

  private static func missing(
    _ thing: String, _ name: String, _ names: [String], otherwise: String = "."
  ) -> String {
    let sentence = "There is no \(thing) \"\(name)\""
    if names.isEmpty { return sentence + otherwise }
    if let near = NearestName.to(name, in: names) { return "\(sentence). Is \"\(near)\" meant?" }
    return "\(sentence); there \(names.count == 1 ? "is" : "are") \(names.joined(separator: ", "))."
  }
}
