extension Message {
  /// The message as JSON. An error without id has no `id` member, as 2025-11-25 and 2026-07-28 want it.
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

  /// The message as JSON for a peer of this revision.
  ///
  /// It differs from ``json`` in one case. For an error that answers an unreadable id, 2025-11-25 and later
  /// make `id` optional. The schemas before it (`JSONRPCError`) demand an id of a request, which does not
  /// exist here; no message is valid there, and `"id": null`, as JSON-RPC 2.0 section 5 says, is the one that
  /// peers can parse.
  public func json(for revision: Revision) -> JSON {
    var json = self.json
    if case .error(nil, let error) = self, revision < .v2025_11_25 {
      json = ["jsonrpc": "2.0", "id": nil, "error": error.json]
    }
    return json
  }
}
