/// The sessions of a REPL and where each stands: the one that it begins with, and forks of it. Pure.
public struct Sessions: Sendable {
  public static let firstName = "main"

  /// Why the server has no checkpoints, as a sentence; nil where it has.
  public var obstacle: String?

  var branches = [Branch(name: Self.firstName)]
  /// Of the current one.
  var index = 0
  /// All runs that have ended.
  private var ended: Set<Int> = []
  /// What the fork is to be called that the server was asked for.
  var wantedName: String?
  /// Whether the server counts runs.
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

  /// What is lost with the server beside the variables, as another sentence; empty where there is nothing.
  var obituary: String {
    let hasKept = branches.count > 1 || branches.contains { !$0.kept.isEmpty }
    return hasKept ? " Its checkpoints and forks are gone with it, but for those in files." : ""
  }

  /// Where one stands: `#7`, or `fork b #3`.
  public var place: String {
    current.name == Self.firstName ? "#\(current.position)" : "fork \(current.name) #\(current.position)"
  }

  /// Whether where one stands means something.
  var isWorthTelling: Bool { obstacle == nil && (current.position > 0 || branches.count > 1) }

  /// What the next run is called: `run 8`, or `run 4 of b`.
  var nextRunTitle: String {
    let title = "run \(current.position + 1)"
    return current.name == Self.firstName ? title : "\(title) of \(current.name)"
  }

  /// Notes that a run of the current session has ended.
  ///
  /// - Parameters:
  ///   - id: tells all runs of the REPL apart.
  ///   - code: what was run.
  ///   - runs: how many the server has counted by then; nil for a server that does not count, and for a run without
  ///     an answer: what became of that shows with the next one.
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

  /// Whether it is not known what became of the last run.
  public var isUnsure: Bool { !unanswered.isEmpty }

  /// Takes in how many runs the server has counted.
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

  /// What is to be said of a run that the current state does not come from; nil of all others.
  func absence(ofRun id: Int) -> String? {
    guard ended.contains(id), !current.past.contains(where: { $0.id == id }) else { return nil }
    return branches.first { $0.past.contains { $0.id == id } }.map { "in \($0.name)" } ?? "undone"
  }

  /// What the current state comes from, in words that follow where one stands.
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
