internal import MCP
internal import PythonSandbox
import SystemSupport

/// What a session was after one of its runs.
struct SavedState: Sendable {
  /// Names it in calls; unguessable, and of use to its own session only.
  let handle: String
  let kind: Kind
  /// How many runs the session had made by then.
  let runs: Int
  /// The last line of the last of them.
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
    /// Taken between two runs by itself.
    case automatic
    case asked(name: String?)
  }

  var isAutomatic: Bool { kind == .automatic }

  /// What the client calls it.
  var name: String? {
    guard case .asked(let name) = kind else { return nil }
    return name
  }
}
