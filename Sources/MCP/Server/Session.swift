import Synchronization

/// What a legacy connection remembers from one message to the next. Modern requests use none of it.
final class Session: Sendable {
  private struct State {
    var revision: Revision?
    var clientCapabilities: JSON = [:]
    /// Silence, unless the client asks: what the original server did.
    var logThreshold = LogLevel.emergency
  }

  private let state = Mutex(State())

  init() {}

  /// A session that is open from its beginning.
  init(_ opening: Server.Opening) {
    open(opening.revision, clientCapabilities: [:])
    logThreshold = opening.logThreshold
  }

  /// What `initialize` agreed on; nil before.
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
