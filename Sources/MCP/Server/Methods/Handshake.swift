import Synchronization

extension MethodTable {
  /// Opens a session (Lifecycle, revisions to 2025-11-25). The revision is the client's if it is a legacy one
  /// that is known here. Otherwise it is the newest legacy one, which the client may then refuse.
  @Sendable static func initialize(
    _ request: Request, _ connection: Connection
  ) throws(RPCError) -> JSONObject {
    guard let wanted = request.params["protocolVersion"]?.stringValue else {
      throw .invalidParams("\"protocolVersion\" must be a string.")
    }
    let capabilities = request.params["capabilities"] ?? [:]
    guard capabilities.objectValue != nil else {
      throw .invalidParams("\"capabilities\" must be an object.")
    }
    let known = Revision(rawValue: wanted).flatMap { $0.era == .legacy ? $0 : nil }
    let revision = known ?? .latestLegacy
    connection.handshake.open(revision, clientCapabilities: capabilities)
    let configuration = connection.configuration
    var result: JSONObject = [
      "protocolVersion": .string(revision.rawValue),
      "capabilities": configuration.capabilities(for: revision),
      "serverInfo": configuration.info.json(for: revision),
    ]
    result["instructions"] = configuration.instructions.map(JSON.string)
    return result
  }

  /// Tells a client without a session the server's revisions and abilities (2026-07-28, `DiscoverResult`).
  @Sendable static func discover(
    _ request: Request, _ connection: Connection
  ) throws(RPCError) -> JSONObject {
    let configuration = connection.configuration
    var result: JSONObject = [
      "supportedVersions": .array(Revision.modern.map { .string($0.rawValue) }),
      "capabilities": configuration.capabilities(for: request.revision),
    ]
    result["instructions"] = configuration.instructions.map(JSON.string)
    result.markCacheable(for: configuration.timeToLive)
    return result
  }

  /// Sets the session's threshold (Logging, revisions to 2025-11-25), even for calls that are running.
  @Sendable static func setLogLevel(
    _ request: Request, _ connection: Connection
  ) throws(RPCError) -> JSONObject {
    connection.handshake.logThreshold = try LogLevel(parameter: request.params["level"], named: "level")
    return [:]
  }
}

extension JSONObject {
  /// Adds the members of a `CacheableResult` (2026-07-28). This server's lists are the same for every client.
  mutating func markCacheable(for time: Duration) {
    self["ttlMs"] = .integer(Int(time / .milliseconds(1)))
    self["cacheScope"] = "public"
  }
}

/// The state that a legacy client's handshake makes, for the messages that follow; modern requests use none of it. The
/// lock guards it from calls that run side by side.
final class Handshake: Sendable {
  private struct State {
    var revision: Revision?
    var clientCapabilities: JSON = [:]
    /// The level is silence unless the client asks, as with the original server.
    var logThreshold = LogLevel.emergency
  }

  private let state = Mutex(State())

  init() {}

  /// The state of a session that is open from its beginning.
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
