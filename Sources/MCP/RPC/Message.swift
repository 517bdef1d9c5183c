// Every user of MCP works with values of JSON, so these come along.
@_exported public import JSON

/// One JSON-RPC 2.0 message as MCP allows it. An error without id answers a message whose id could not be
/// read.
public enum Message: Sendable, Hashable {
  case request(id: RequestID, method: String, params: JSONObject)
  case notification(method: String, params: JSONObject)
  case result(id: RequestID, JSON)
  case error(id: RequestID?, RPCError)

  /// Classifies a message and checks its envelope: `jsonrpc` is `"2.0"`, an id is a string or an integer,
  /// `method` a string, `params` an object or absent. The parameters themselves are checked elsewhere.
  ///
  /// - Throws: `invalidRequest` with a sentence. ``identifier(in:)`` still finds the id for the answer.
  public init(_ json: JSON) throws(RPCError) {
    guard case .object(let members) = json else {
      throw .invalidRequest("A message must be a JSON object.")
    }
    guard members["jsonrpc"] == "2.0" else {
      throw .invalidRequest("The member \"jsonrpc\" must be \"2.0\".")
    }
    if let method = members["method"] {
      self = try Self.call(method, in: members)
    } else {
      self = try Self.answer(in: members)
    }
  }

  private static func call(_ method: JSON, in members: JSONObject) throws(RPCError) -> Message {
    guard case .string(let method) = method else {
      throw .invalidRequest("The member \"method\" must be a string.")
    }
    guard members["result"] == nil, members["error"] == nil else {
      throw .invalidRequest("A message has either \"method\" or \"result\" or \"error\".")
    }
    let params: JSONObject
    switch members["params"] {
    case nil: params = [:]
    case .object(let object)?: params = object
    case .null?, .bool?, .integer?, .number?, .digits?, .string?, .array?:
      throw .invalidRequest("The member \"params\" must be an object.")
    }
    guard let idMember = members["id"] else { return .notification(method: method, params: params) }
    return .request(id: try identifier(idMember), method: method, params: params)
  }

  private static func answer(in members: JSONObject) throws(RPCError) -> Message {
    switch (members["result"], members["error"]) {
    case (let result?, nil):
      guard let idMember = members["id"] else {
        throw .invalidRequest("A result must have an \"id\".")
      }
      return .result(id: try identifier(idMember), result)
    case (nil, let error?):
      guard let error = RPCError(error) else {
        throw .invalidRequest("The member \"error\" must have an integer \"code\" and a string \"message\".")
      }
      let idMember = members["id"] ?? .null
      return .error(id: idMember.isNull ? nil : try identifier(idMember), error)
    default:
      throw .invalidRequest("A message has either \"method\" or \"result\" or \"error\".")
    }
  }

  private static func identifier(_ json: JSON) throws(RPCError) -> RequestID {
    guard let id = RequestID(json) else {
      throw .invalidRequest("The member \"id\" must be a string or an integer.")
    }
    return id
  }
}

extension Message {
  /// Finds the id of a message whose envelope may be invalid, so that an error can be matched to it.
  public static func identifier(in json: JSON) -> RequestID? {
    json["id"].flatMap(RequestID.init)
  }

  /// True when an invalid message was meant as a response. Two programs could trade errors forever if one
  /// were answered.
  static func looksLikeResponse(_ json: JSON) -> Bool {
    json["method"] == nil && (json["result"] != nil || json["error"] != nil)
  }
}

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

/// The id that matches a response to its request. The integer `1` and the string `"1"` are two different ids.
public enum RequestID: Sendable, Hashable {
  case integer(Int)
  case string(String)

  /// Reads an id; nil for values that MCP does not allow: null, booleans, fractions, arrays and objects. It
  /// is also nil for an integer that would come back changed: beyond 64 bits or, with a fraction of zero,
  /// beyond 53.
  public init?(_ json: JSON) {
    if case .string(let text) = json {
      self = .string(text)
    } else if case .number(let number) = json, number.magnitude >= 0x1p53 {
      return nil
    } else if let integer = json.intValue {
      self = .integer(integer)
    } else {
      return nil
    }
  }

  /// The id as it stands in a message.
  public var json: JSON {
    switch self {
    case .integer(let value): .integer(value)
    case .string(let value): .string(value)
    }
  }
}

extension RequestID: CustomStringConvertible {
  /// The id as JSON, so that `1` and `"1"` can be told apart.
  public var description: String { json.text }
}

extension RequestID: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(stringLiteral value: String) { self = .string(value) }
}
