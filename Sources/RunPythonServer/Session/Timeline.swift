internal import MCP
internal import PythonSandbox
import SystemSupport

/// The place of a session: its number of runs, and the state that its next interpreter would go on from.
/// Pure.
struct Timeline {
  /// The state that a new interpreter goes on from; nil for a new Python.
  private(set) var origin: SavedState?
  /// True when random numbers must differ from those after the origin.
  private(set) var reseeds = false
  /// The state that the session began with; nil for a new Python.
  var beginning: SavedState?
  /// The number of runs that were begun; a rewind takes some back.
  private(set) var runs = 0
  /// The last line of the code of the last run.
  private(set) var lastLine = ""
  /// The number of rewinds. Work that was begun before the last of them is dropped.
  private(set) var jumps = 0
  /// The reason why the last run's state could not be saved.
  var obstacle: String?
  /// The numbers of the runs that wrote to files of this machine. A rewind does not undo that.
  private var outsideRuns: Set<Int> = []
  /// The number of those that the last rewind took back.
  private(set) var keptOutside = 0

  /// Notes that the last run wrote to files of this machine.
  mutating func noteOutside() { outsideRuns.insert(runs) }

  mutating func beginRun(_ code: String) {
    runs += 1
    keptOutside = 0
    lastLine = code.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
  }

  /// Notes that the state after the last run was saved.
  mutating func note(_ state: SavedState) {
    guard state.runs >= origin?.runs ?? 0 else { return }
    origin = state
    reseeds = false
    obstacle = nil
  }

  mutating func goOn(from state: SavedState?, reseeds: Bool = false) {
    origin = state
    self.reseeds = reseeds
    runs = state?.runs ?? 0
    let kept = outsideRuns.filter { $0 <= runs }
    keptOutside = outsideRuns.count - kept.count
    outsideRuns = kept
    lastLine = state?.lastLine ?? ""
    jumps += 1
    obstacle = nil
  }

  /// The numbers of last runs that can be undone, the fewest first.
  func undoable(_ saved: [SavedState]) -> [Int] {
    Set(saved.map(\.runs) + [beginning?.runs ?? 0]).map { runs - $0 }.filter { $0 > 0 }.sorted()
  }

  /// The present state; nil when it was not saved since the last run, or when random numbers differ by now.
  var lastState: SavedState? { unsavedRuns == 0 && !reseeds ? origin : nil }

  /// The number of runs that are lost if the interpreter is lost now.
  var unsavedRuns: Int { runs - (origin?.runs ?? 0) }
}

/// The state of a session after one of its runs.
struct SavedState: Sendable {
  /// The state's name in calls: it is unguessable, and useful to its own session only.
  let handle: String
  let kind: Kind
  /// The number of runs that the session had then made.
  let runs: Int
  /// The last line of the code of the last run.
  let lastLine: String
  let checkpoint: Checkpoint

  init(kind: Kind, runs: Int, lastLine: String, checkpoint: Checkpoint) {
    handle = UnguessableName.new()
    self.kind = kind
    self.runs = runs
    self.lastLine = lastLine
    self.checkpoint = checkpoint
  }

  enum Kind: Sendable, Hashable {
    /// The state was saved automatically between two runs.
    case automatic
    case asked(name: String?)
  }

  var isAutomatic: Bool { kind == .automatic }

  /// The client's name for it.
  var name: String? {
    guard case .asked(let name) = kind else { return nil }
    return name
  }
}
