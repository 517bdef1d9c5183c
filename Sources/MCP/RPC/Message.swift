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
    case .none: params = [:]
    case .some(.object(let object)): params = object
    default: throw .invalidRequest("The member \"params\" must be an object.")
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
