/// The members that a client puts into the `_meta` of every request in the stateless era (2026-07-28,
/// `RequestMetaObject`).
struct ModernEnvelope: Sendable {
  let revision = Revision.latest
  let info: Implementation
  let capabilities: JSON

  /// Adds the members; the caller's own `_meta` members stay.
  func wrap(_ params: JSONObject, logLevel: LogLevel?) -> JSONObject {
    var params = params
    params.setMeta(MetaKey.protocolVersion, .string(revision.rawValue))
    params.setMeta(MetaKey.clientInfo, info.json(for: revision))
    params.setMeta(MetaKey.clientCapabilities, capabilities)
    if let logLevel { params.setMeta(MetaKey.logLevel, .string(logLevel.rawValue)) }
    return params
  }
}
