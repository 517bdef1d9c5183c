import Synchronization

/// The memory of a legacy connection from one message to the next; modern requests use none of it. The lock
/// guards it from calls that run side by side.
final class Session: Sendable {
  private struct State {
    var revision: Revision?
    var clientCapabilities: JSON = [:]
    /// The level is silence unless the client asks, as with the original server.
    var logThreshold = LogLevel.emergency
  }

  private let state = Mutex(State())

  init() {}

  /// A session that is open from its beginning.
  init(_ opening: Server.Opening) {
    open(opening.revision, clientCapabilities: [:])
    logThreshold = opening.logThreshold
  }

  /// The revision that `initialize` agreed on; nil before.
  var revision: Revision? { state.withLock { $0.revision } }

  var clientCapabilities: JSON { state.withLock { $0.clientCapabilities } }

  var logThreshold: LogLevel {
    get { state.withLock { $0.logThreshold } }
    set { state.withLock { $0.logThreshold = newValue } }
  }

  func open(_ revision: Revision, clientCapabilities: JSON) {
    state.withLock { state in
      state.revision = revision
      state.clientCapabilities = clientCapabilities
    }
  }
}
