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
  ///   - runs: the server's count by then; nil for a server that does not count, and for a run without an
  ///     answer. The next run shows what became of that one.
  public mutating func ended(run id: Int, code: String, runs: Int?) {
    let run = UnansweredRun(id: id, line: code.split(whereSeparator: \.isNewline).last.map(String.init) ?? "")
    guard let runs else {
      if isCounted { unanswered.append(run) } else { note(run, runs: nil) }
      return
    }
    isCounted = true
    settle(runs: runs - 1)
    note(run, runs: runs)
  }

  /// True when the outcome of the last run is not known.
  public var isUnsure: Bool { !unanswered.isEmpty }

  /// Takes in the server's count of runs.
  public mutating func settle(runs: Int) {
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

  // For completion.

  public var checkpointNames: [String] { current.kept.map(\.name) }
  public var sessionNames: [String] { branches.map(\.name) }
}
