internal import MCP
internal import PythonSandbox
import SystemSupport

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
