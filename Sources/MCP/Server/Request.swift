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
