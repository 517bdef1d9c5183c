internal import MCP
internal import PythonSandbox

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a session was after one of its runs.
struct SavedState: Sendable {
  /// Names it in calls; unguessable, and of use to its own session only.
  let handle: String
  /// What the client calls it; nil for one that was taken between two runs without being asked for.
  let name: String?
  /// How many runs the session had made by then.
  let runs: Int
  /// The last line of the last of them.
  let lastLine: String
  let checkpoint: Checkpoint

  init(name: String?, runs: Int, lastLine: String, checkpoint: Checkpoint) {
    handle = UnguessableName.new()
    self.name = name
    self.runs = runs
    self.lastLine = lastLine
    self.checkpoint = checkpoint
  }

  var isAutomatic: Bool { name == nil }
}
