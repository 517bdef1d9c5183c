extension Message {
  /// The message as JSON. An error without id has no `id` member, which 2025-11-25 and 2026-07-28 want.
  public var json: JSON {
    var members: JSONObject = ["jsonrpc": "2.0"]
    switch self {
    case .request(let id, let method, let params):
      members["id"] = id.json
      members["method"] = .string(method)
      members["params"] = .object(params)
    case .notification(let method, let params):
      members["method"] = .string(method)
      if !params.isEmpty { members["params"] = .object(params) }
    case .result(let id, let result):
      members["id"] = id.json
      members["result"] = result
    case .error(let id, let error):
      members["id"] = id?.json
      members["error"] = error.json
    }
    return .object(members)
  }

  /// Writes the message as JSON for a peer of this revision.
  ///
  /// It differs from ``json`` only for an error that answers an unreadable id. From 2025-11-25 on, `id` is
  /// optional there. Earlier schemas (`JSONRPCError`) demand a request's id, which does not exist here, so no
  /// valid message exists. `"id": null`, as JSON-RPC 2.0 section 5 says, is the form that peers can parse.
  public func json(for revision: Revision) -> JSON {
    var json = self.json
    if case .error(nil, let error) = self, revision < .v2025_11_25 {
      json = ["jsonrpc": "2.0", "id": nil, "error": error.json]
    }
    return json
  }
}
