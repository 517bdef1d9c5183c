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

  /// - Parameter slots: How many there may be at once; nil for any number.
  init(source: any InterpreterSource, state: StateMode, slots: SessionSlots? = nil, logger: Logger) {
    self.source = source
    self.state = state
    self.slots = slots
    self.logger = logger
    checkpoints = CheckpointStore(logger: logger)
  }

  /// - Parameters:
  ///   - origin: What the session goes on from; by default, a new Python.
  ///   - renews: As ``PythonSession`` has it.
  /// - Throws: ``RPCError/overloaded(_:retryAfter:)`` when there is no room for another one.
  func session(from origin: SavedState? = nil, renews: Bool = true) throws(RPCError) -> PythonSession {
    session(in: try slots?.take(), from: origin, renews: renews)
  }

  /// The same in a place that is taken already, or that needs not be.
  func session(
    in slot: SessionSlots.Slot?, from origin: SavedState? = nil, renews: Bool = true
  ) -> PythonSession {
    PythonSession(
      sandbox: source, state: state, checkpoints: checkpoints, origin: origin, slot: slot, logger: logger,
      renews: renews)
  }
}
