internal import SystemSupport

/// A run that a state comes from.
struct PastRun: Sendable, Hashable {
  /// The number that tells all runs of the REPL apart.
  var id: Int
  /// The server's count when the run ended.
  var count: Int
  /// The last line of its code.
  var line: String
}

/// A checkpoint that the user asked for.
struct KeptCheckpoint: Sendable, Hashable {
  var name: String
  var handle: String
  var bytes: Int
  var created: Date
  var past: [PastRun]
}

/// One session: the runs that its state comes from, and the checkpoints that it can go back to.
struct Branch: Sendable {
  let name: String
  /// The fork's name in calls; nil for the first session.
  let handle: String?
  /// The runs of the session that it was forked from.
  let inherited: [PastRun]
  var past: [PastRun]
  var kept: [KeptCheckpoint] = []
  /// The most of its last runs that can be undone by the server's count; nil when it has not told.
  private var undoable: Int?

  init(name: String, handle: String? = nil, inherited: [PastRun] = []) {
    self.name = name
    self.handle = handle
    self.inherited = inherited
    past = inherited
  }

  /// The number of runs that its state comes from.
  var position: Int { past.count }

  /// The server's count after the latest run.
  var count: Int { past.last?.count ?? 0 }

  /// The server's number for the last `runs` runs.
  func counted(last runs: Int) -> Int { count - (past.dropLast(runs).last?.count ?? 0) }

  /// The number of its last runs that can be undone, as the server told it after the latest of them.
  var undoableRuns: Int {
    guard let undoable else { return past.count }
    return (1...).prefix { $0 <= past.count && counted(last: $0) <= undoable }.count
  }

  /// Takes in the server's account of the runs that can be undone.
  mutating func note(undoable: Int?) { self.undoable = undoable }

  /// Notes that a run has ended. A server that had to go back to an earlier state has lost this run, and
  /// maybe some before.
  ///
  /// - Parameter runs: the server's count; nil for a server that does not count.
  mutating func note(id: Int, line: String, runs: Int?) {
    let runs = runs ?? count + 1
    past.removeAll { $0.count > runs }
    if runs > count { past.append(PastRun(id: id, count: runs, line: line)) }
  }

  /// The name for a checkpoint that the user gives none.
  var nextCheckpointName: String {
    let place = "#\(position)"
    let names = Set(kept.map(\.name))
    if !names.contains(place) { return place }
    return (2...).lazy.map { "\(place)-\($0)" }.first { !names.contains($0) } ?? place
  }
}
