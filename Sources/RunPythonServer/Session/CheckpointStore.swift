internal import Logging
internal import Metrics
internal import PythonSandbox
import SystemSupport

/// The checkpoints that sessions have in memory. There are limits; the oldest go first.
actor CheckpointStore {
  struct Limits: Sendable {
    /// How many a session may have that were asked for, and how many that were not.
    var count = 20
    /// Bytes of those of a session that were not asked for; the last one may take more.
    var automaticBytes = 128 << 20
    /// Bytes of all of a session's.
    var sessionBytes = 512 << 20
    /// Bytes of all sessions' together.
    var totalBytes = 2 << 30
  }

  private struct Entry {
    let session: UUID
    let state: SavedState
    var bytes: Int { state.checkpoint.size }
  }

  let limits: Limits
  private let logger: Logger
  /// The oldest first.
  private var entries: [Entry] = []

  private nonisolated let bytesGauge = Gauge(label: "mcp_run_python_checkpoint_bytes")

  init(limits: Limits = Limits(), logger: Logger) {
    self.limits = limits
    self.logger = logger
  }

  /// Keeps one, and drops older ones where there are too many then.
  ///
  /// - Returns: false when it is larger than all of a session's may be.
  func add(_ state: SavedState, of session: UUID) -> Bool {
    guard state.checkpoint.size <= min(limits.sessionBytes, limits.totalBytes) else { return false }
    entries.append(Entry(session: session, state: state))
    dropOldest(while: { own in own.count > limits.count }) {
      $0.session == session && $0.state.isAutomatic == state.isAutomatic
    }
    dropOldest(while: { own in own.count > 1 && bytes(of: own) > limits.automaticBytes }) {
      $0.session == session && $0.state.isAutomatic
    }
    dropOldest(while: { own in bytes(of: own) > limits.sessionBytes }) { $0.session == session }
    dropOldest(while: { all in bytes(of: all) > limits.totalBytes }) { _ in true }
    measure()
    return true
  }

  /// A session's own, the oldest first.
  func states(of session: UUID) -> [SavedState] {
    entries.filter { $0.session == session }.map(\.state)
  }

  /// Forgets those of a session that `isObsolete` picks.
  func remove(of session: UUID, where isObsolete: (SavedState) -> Bool = { _ in true }) {
    entries.removeAll { $0.session == session && isObsolete($0.state) }
    measure()
  }

  private func dropOldest(while isTooMuch: ([Entry]) -> Bool, of isConcerned: (Entry) -> Bool) {
    while isTooMuch(entries.filter(isConcerned)), let index = entries.firstIndex(where: isConcerned) {
      let dropped = entries.remove(at: index).state
      guard !dropped.isAutomatic else { continue }
      let name = dropped.name ?? "after run \(dropped.runs)"
      logger.info("The checkpoint \(name) is dropped: there are newer ones, and no more room.")
    }
  }

  private func bytes(of entries: [Entry]) -> Int { entries.reduce(0) { $0 + $1.bytes } }

  private func measure() { bytesGauge.record(bytes(of: entries)) }
}
