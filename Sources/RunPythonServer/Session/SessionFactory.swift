internal import Logging
internal import MCP
internal import PythonSandbox

/// Makes the sessions of one server: their interpreters come from one source, their checkpoints go to one store.
struct SessionFactory: Sendable {
  let state: StateMode
  private let source: any InterpreterSource
  private let checkpoints: CheckpointStore
  private let slots: SessionSlots?
  private let logger: Logger

  /// - Parameter slots: The places for sessions; nil for any number.
  init(source: any InterpreterSource, state: StateMode, slots: SessionSlots? = nil, logger: Logger) {
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
