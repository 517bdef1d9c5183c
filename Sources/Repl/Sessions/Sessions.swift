public import RunPythonTool
public import SystemSupport

/// The sessions of a REPL and the place of each: the first one, and its forks. Pure.
public struct Sessions: Sendable {
  public static let firstName = "main"

  /// The reason why the server has no checkpoints, as a sentence; nil where it has them.
  public var obstacle: String?

  var branches = [Branch(name: Self.firstName)]
  /// The position of the current session among the branches.
  var index = 0
  /// The numbers of all runs that have ended.
  private var ended: Set<Int> = []
  /// The name for the fork that the server has been asked for.
  var wantedName: String?
  /// True when the server counts runs.
  private var isCounted = false
  private var unanswered: [UnansweredRun] = []

  private struct UnansweredRun {
    var id: Int
    var line: String
  }

  public init(obstacle: String? = nil) {
    self.obstacle = obstacle
  }

  var current: Branch {
    get { branches[index] }
    set { branches[index] = newValue }
  }

  /// A sentence about the forks and checkpoints that are lost with the server; empty where there are none.
  var obituary: String {
    let hasKept = branches.count > 1 || branches.contains { !$0.kept.isEmpty }
    return hasKept ? " Its checkpoints and forks are gone with it, but for those in files." : ""
  }

  /// The place in the session: `#7`, or `fork b #3`.
  public var place: String {
    current.name == Self.firstName ? "#\(current.position)" : "fork \(current.name) #\(current.position)"
  }

  /// True when the place tells the user something.
  var isWorthTelling: Bool { obstacle == nil && (current.position > 0 || branches.count > 1) }

  /// The next run's name: `run 8`, or `run 4 of b`.
  var nextRunTitle: String {
    let title = "run \(current.position + 1)"
    return current.name == Self.firstName ? title : "\(title) of \(current.name)"
  }

  /// Notes that a run of the current session has ended.
  ///
  /// - Parameters:
  ///   - id: the number that tells all runs of the REPL apart.
  ///   - code: the code of the run.
  ///   - place: the place of the session by then; nil for a server that does not count, and for a run without
  ///     an answer. The next run shows what became of that one.
  public mutating func ended(run id: Int, code: String, place: RunPlace?) {
    let run = UnansweredRun(id: id, line: code.split(whereSeparator: \.isNewline).last.map(String.init) ?? "")
    guard let place else {
      if isCounted { unanswered.append(run) } else { note(run, runs: nil) }
      return
    }
    isCounted = true
    noteUnanswered(upTo: place.runs - 1)
    note(run, runs: place.runs)
    current.note(undoable: place.undoable)
  }

  /// True when the outcome of the last run is not known.
  public var isUnsure: Bool { !unanswered.isEmpty }

  /// Takes in the server's count of runs, which shows what became of those without an answer.
  public mutating func noteUnanswered(at place: RunPlace) {
    noteUnanswered(upTo: place.runs)
    current.note(undoable: place.undoable)
  }

  private mutating func noteUnanswered(upTo runs: Int) {
    for run in unanswered { note(run, runs: min(runs, current.count + 1)) }
    unanswered = []
  }

  private mutating func note(_ run: UnansweredRun, runs: Int?) {
    current.note(id: run.id, line: run.line, runs: runs)
    ended.insert(run.id)
  }

  /// The runs that the current state comes from.
  var presentRuns: Set<Int> { Set(current.past.map(\.id)) }

  /// The reason why the current state does not come from a run; nil when it does.
  func absence(ofRun id: Int) -> String? {
    guard ended.contains(id), !current.past.contains(where: { $0.id == id }) else { return nil }
    return branches.first { $0.past.contains { $0.id == id } }.map { "in \($0.name)" } ?? "undone"
  }

  /// The last line of code that the current state comes from, in words that follow the place.
  var after: String {
    guard let line = current.past.last?.line, !line.isEmpty else {
      return current.past.isEmpty ? ", the beginning" : ""
    }
    return ", after \"\(SessionTable.shortened(line))\""
  }

  /// The name in calls of the current session; nil for the first one.
  public var handle: String? { current.handle }

  // These names are for completion.

  public var checkpointNames: [String] { current.kept.map(\.name) }
  public var sessionNames: [String] { branches.map(\.name) }
}

extension Sessions {
  /// The next step of a command.
  public enum Step: Sendable, Hashable {
    /// There is nothing more to do; the text is for the user.
    case tell(String)
    /// The prompt has turned to another session; the text is for the user.
    case turn(String)
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

  /// The state before so many of the last runs.
  private func undo(_ runs: Int) throws(CommandError) -> EarlierState {
    let own = current.undoableRuns
    guard runs <= own else {
      let runs = own == 0 ? "is no run" : own == 1 ? "is 1 run" : "are \(own) runs"
      if current.inherited.isEmpty { throw CommandError("There \(runs) to undo.") }
      throw CommandError(
        "There \(runs) to undo in \(current.name), which was forked at #\(current.inherited.count).")
    }
    return .undo(runs: current.counted(last: runs))
  }

  /// The state that the user's word names.
  private func target(_ name: String) throws(CommandError) -> EarlierState {
    if let kept = current.kept.first(where: { $0.name == name }) { return .checkpoint(kept.handle) }
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
    return .turn("This is \(name == Self.firstName ? "main " : "")\(place)\(after).")
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

extension Sessions {
  /// Takes in the server's answer.
  ///
  /// - Returns: a sentence for the user.
  public mutating func take(_ answer: SessionAnswer, to request: SessionRequest, at now: Date) -> String {
    let handles = Set(answer.standing.checkpoints.map(\.handle))
    let outside = answer.standing.outsideSentence
    switch request {
    case .checkpoint(let given, let file):
      guard case .saved(let handle, _, let bytes) = answer.outcome else { return "" }
      let name = given ?? ""
      let kept = KeptCheckpoint(
        name: name, handle: handle, bytes: bytes, created: now, past: current.past)
      current.kept.removeAll { $0.name == name || !handles.contains($0.handle) }
      current.kept.append(kept)
      current.note(undoable: answer.standing.undoable.last ?? 0)
      let size = Numbers.bytes(kept.bytes)
      let way = ":rewind \(name)"
      return file.map {
        "Saved \(place) to \($0) (\(size)), and as checkpoint \(name): \(way) goes back to it."
      }
        ?? "Saved \(place) as checkpoint \(name) (\(size)): \(way) goes back to it."
    case .restore(let target, let reseeds):
      let former = current.position
      let kept = current.kept.first { .checkpoint($0.handle) == target }
      if let kept {
        current.past = kept.past
      } else {
        current.past.removeAll { $0.count > answer.standing.runs }
      }
      current.note(undoable: answer.standing.undoable.last ?? 0)
      current.kept.removeAll { !handles.contains($0.handle) }
      if let kept {
        return "Back at checkpoint \(kept.name): this is \(place)\(after).\(news(reseeds))\(outside)"
      }
      let undone = former - current.position
      return
        "The last \(undone == 1 ? "run is" : "\(undone) runs are") undone: this is \(place)\(after).\(news(reseeds))\(outside)"
    case .resume(let file, let reseeds):
      current.past = []
      current.note(undoable: answer.standing.undoable.last ?? 0)
      return "Resumed from \(file): all variables and files are as they were saved.\(news(reseeds))"
    case .fork(_, let reseeds):
      guard case .forked(let session) = answer.outcome else { return "" }
      var fork = Branch(
        name: wantedName ?? "s\(branches.count + 1)", handle: session, inherited: current.past)
      fork.note(undoable: answer.standing.undoable.last ?? 0)
      branches.append(fork)
      return "Forked \(place) as session \(fork.name): \":session \(fork.name)\" goes there.\(news(reseeds))"
    }
  }

  private func news(_ reseeds: Bool) -> String { reseeds ? " Random numbers are others from here." : "" }
}
