/// A request whose era is known and whose `_meta` has been checked.
struct Request: Sendable {
  let id: RequestID
  let method: String
  let params: JSONObject
  let revision: Revision
  let clientCapabilities: JSON
  let threshold: LogThreshold

  var meta: JSONObject { params["_meta"]?.objectValue ?? [:] }

  /// The token for progress. Only a string or an integer is one; any other value asks for nothing.
  var progressToken: JSON? { meta[MetaKey.progressToken].flatMap(RequestID.init)?.json }
}

extension Request {
  /// True when a request belongs to the stateless era: it says so in its `_meta`, or its method exists only
  /// there.
  static func isModern(method: String, params: JSONObject) -> Bool {
    method == "server/discover" || params["_meta"]?[MetaKey.protocolVersion] != nil
  }

  /// Checks the members that 2026-07-28 requires of every request (schema: `RequestMetaObject`).
  init(modern id: RequestID, method: String, params: JSONObject) throws(RPCError) {
    guard let meta = params["_meta"], meta.objectValue != nil else {
      throw .invalidParams("The parameters must have an object \"_meta\".")
    }
    guard let version = meta[MetaKey.protocolVersion]?.stringValue else {
      throw .invalidParams("\"_meta\" must have a string \"\(MetaKey.protocolVersion)\".")
    }
    guard let revision = Revision(rawValue: version), revision.era == .modern else {
      throw .unsupportedProtocolVersion(requested: version)
    }
    guard let capabilities = meta[MetaKey.clientCapabilities], capabilities.objectValue != nil else {
      throw .invalidParams("\"_meta\" must have an object \"\(MetaKey.clientCapabilities)\".")
    }
    if let info = meta[MetaKey.clientInfo], Implementation(info) == nil {
      throw .invalidParams("\"\(MetaKey.clientInfo)\" must have the strings \"name\" and \"version\".")
    }
    self.init(
      id: id, method: method, params: params, revision: revision, clientCapabilities: capabilities,
      threshold: .request(try Self.logLevel(meta)))
  }

  private static func logLevel(_ meta: JSON) throws(RPCError) -> LogLevel? {
    guard let member = meta[MetaKey.logLevel] else { return nil }
    return try LogLevel(parameter: member, named: MetaKey.logLevel)
  }

  /// Checks that the session's state allows the request.
  init(legacy id: RequestID, method: String, params: JSONObject, session: Session) throws(RPCError) {
    let revision = session.revision
    switch method {
    case "ping": break
    case "initialize":
      guard revision == nil else { throw .invalidRequest("The session has been initialized already.") }
    default:
      guard revision != nil else {
        // Only the stateless era declares capabilities here, so the version is what is missing.
        guard params["_meta"]?[MetaKey.clientCapabilities] == nil else {
          throw .invalidParams("\"_meta\" must have a string \"\(MetaKey.protocolVersion)\".")
        }
        throw .invalidRequest("The session is not initialized: \"\(method)\" must come after \"initialize\".")
      }
    }
    self.init(
      id: id, method: method, params: params, revision: revision ?? .latestLegacy,
      clientCapabilities: session.clientCapabilities, threshold: .session)
  }
}

extension LogLevel {
  init(parameter: JSON?, named name: String) throws(RPCError) {
    guard let level = parameter?.stringValue.flatMap(LogLevel.init(rawValue:)) else {
      let known = LogLevel.allCases.map(\.rawValue).joined(separator: ", ")
      throw .invalidParams("\"\(name)\" must be one of \(known).")
    }
    self = level
  }
}

extension Message {
  /// True when this is a request of the stateless era; see 2026-07-28, Versioning.
  public var isModernRequest: Bool {
    guard case .request(_, let method, let params) = self else { return false }
    return Request.isModern(method: method, params: params)
  }
}
