internal import Logging
internal import Metrics
internal import PythonSandbox
import SystemSupport

/// The checkpoints that sessions have in memory. There are limits; the oldest are dropped first. The actor
/// guards them from all sessions, which save side by side.
actor CheckpointStore {
  struct Limits: Sendable {
    /// The number of checkpoints of a session: so many that were asked for, and as many automatic ones.
    var count = 20
    /// The bytes of a session's automatic checkpoints; the last one alone may take more.
    var automaticBytes = 128 << 20
    /// The bytes of all checkpoints of a session.
    var sessionBytes = 512 << 20
    /// The bytes of all sessions' checkpoints together.
    var totalBytes = 2 << 30
  }

  private struct Entry {
    let session: UUID
    let state: SavedState
    var bytes: Int { state.checkpoint.size }
    var isAutomatic: Bool { state.isAutomatic }
  }

  let limits: Limits
  private let logger: Logger
  /// The entries, the oldest first.
  private var entries: [Entry] = []

  private nonisolated let bytesGauge = Gauge(label: "mcp_run_python_checkpoint_bytes")

  init(limits: Limits = Limits(), logger: Logger) {
    self.limits = limits
    self.logger = logger
  }

  /// Keeps a state, and drops older ones where there are then too many.
  ///
  /// - Returns: false when the state alone is larger than a session may have.
  func add(_ state: SavedState, of session: UUID) -> Bool {
    guard state.checkpoint.size <= min(limits.sessionBytes, limits.totalBytes) else { return false }
    entries.append(Entry(session: session, state: state))
    let isOwn = { (entry: Entry) in entry.session == session }
    dropOldest(
      where: { isOwn($0) && $0.isAutomatic == state.isAutomatic }, while: { $0.count > limits.count })
    dropOldest(
      where: { isOwn($0) && $0.isAutomatic },
      while: { $0.count > 1 && bytes(of: $0) > limits.automaticBytes })
    dropOldest(where: isOwn, while: { bytes(of: $0) > limits.sessionBytes })
    dropOldest(where: { _ in true }, while: { bytes(of: $0) > limits.totalBytes })
    measure()
    return true
  }

  /// Gives a session's own states, the oldest first.
  func states(of session: UUID) -> [SavedState] {
    entries.filter { $0.session == session }.map(\.state)
  }

  /// Forgets the states of a session that `isObsolete` picks.
  func remove(of session: UUID, where isObsolete: (SavedState) -> Bool = { _ in true }) {
    entries.removeAll { $0.session == session && isObsolete($0.state) }
    measure()
  }

  /// Drops the oldest of the concerned entries, one by one, while those that are left are too much.
  private func dropOldest(where isConcerned: (Entry) -> Bool, while isTooMuch: ([Entry]) -> Bool) {
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
