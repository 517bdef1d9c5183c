internal import PythonSandbox

/// Where a session stands: how many runs it has made, and what its next interpreter would go on from. Pure.
struct Timeline {
  /// What a new interpreter goes on from; nil for a new Python.
  private(set) var origin: SavedState?
  /// Whether random numbers are to be others than after the origin.
  private(set) var reseeds = false
  /// What it began with; nil for a new Python.
  var beginning: SavedState?
  /// Runs that were begun; a rewind takes some back.
  private(set) var runs = 0
  /// The last line of the last one.
  private(set) var lastLine = ""
  /// How often it was moved to another place: what was begun before then is of no use.
  private(set) var jumps = 0
  /// Why the last run's state could not be saved.
  var obstacle: String?

  mutating func beginRun(_ code: String) {
    runs += 1
    lastLine = code.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
  }

  /// The state after the last run was saved.
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
    lastLine = state?.lastLine ?? ""
    jumps += 1
    obstacle = nil
  }

  /// How many of the last runs can be undone, the fewest first.
  func undoable(_ saved: [SavedState]) -> [Int] {
    Set(saved.map(\.runs) + [beginning?.runs ?? 0]).map { runs - $0 }.filter { $0 > 0 }.sorted()
  }

  /// The state as it is now; nil when it was not saved since the last run, and when random numbers are others by now.
  var lastState: SavedState? { unsavedRuns == 0 && !reseeds ? origin : nil }

  /// How many runs an interpreter that is lost now takes along.
  var unsavedRuns: Int { runs - (origin?.runs ?? 0) }
}
