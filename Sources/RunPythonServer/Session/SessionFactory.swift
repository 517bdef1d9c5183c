internal import Logging
internal import MCP
internal import Metrics
internal import PythonSandbox
internal import RunPythonTool
import Synchronization

/// Makes the sessions of one server: their interpreters come from one source, their checkpoints go to one store.
struct SessionFactory: Sendable {
  let state: SandboxState
  private let source: any InterpreterSource
  private let checkpoints: CheckpointStore
  private let slots: SessionSlots?
  private let logger: Logger

  /// - Parameter slots: The places for sessions; nil for any number.
  init(source: any InterpreterSource, state: SandboxState, slots: SessionSlots? = nil, logger: Logger) {
    self.source = source
    self.state = state
    self.slots = slots
    self.logger = logger
    checkpoints = CheckpointStore(logger: logger)
  }

  /// - Parameters:
  ///   - origin: The state that the session goes on from; by default, a new Python.
  ///   - renews: True when a lost interpreter is replaced at once, as in ``PythonSession``.
  /// - Throws: ``RPCError/overloaded(_:retryAfter:)`` when there is no room for another one.
  func session(from origin: SavedState? = nil, renews: Bool = true) throws(RPCError) -> PythonSession {
    session(in: try slots?.take(), from: origin, renews: renews)
  }

  /// Makes a session in a place that is taken already, or without one.
  func session(
    in slot: SessionSlots.Slot?, from origin: SavedState? = nil, renews: Bool = true
  ) -> PythonSession {
    PythonSession(
      sandbox: source, state: state, checkpoints: checkpoints, origin: origin, slot: slot, logger: logger,
      renews: renews)
  }
}

/// The number of sessions that may exist at once. The lock guards the count from sessions that begin and end
/// side by side.
final class SessionSlots: Sendable {
  private let limit: Int
  /// The way to have more of them, to follow "Try again later, or"; nil for none.
  private let remedy: String?
  private let taken = Mutex(0)
  private let gauge = Gauge(label: "mcp_run_python_sessions")

  /// The seconds that a client that found no room is told to wait.
  private static let retryAfter = 10

  init(limit: Int, remedy: String? = nil) {
    self.limit = limit
    self.remedy = remedy
    gauge.record(0)
  }

  /// - Throws: ``RPCError/overloaded(_:retryAfter:)`` when all are taken.
  func take() throws(RPCError) -> Slot {
    let hasRoom = taken.withLock { taken in
      guard taken < limit else { return false }
      taken += 1
      gauge.record(taken)
      return true
    }
    guard hasRoom else {
      throw .overloaded(
        "All \(limit) Python sessions of this server are in use. Try again later"
          + (remedy.map { ", or \($0)." } ?? "."),
        retryAfter: Self.retryAfter)
    }
    return Slot(owner: self)
  }

  /// The right to one session. It ends when nobody holds it any more.
  final class Slot: Sendable {
    private let owner: SessionSlots

    fileprivate init(owner: SessionSlots) { self.owner = owner }

    deinit {
      owner.taken.withLock { taken in
        taken -= 1
        owner.gauge.record(taken)
      }
    }
  }
}
