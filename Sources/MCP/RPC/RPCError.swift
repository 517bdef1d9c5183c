/// A JSON-RPC error: a server's answer in place of a result.
public struct RPCError: Error, Sendable, Hashable {
  public var code: Int
  /// A sentence for people.
  public var message: String
  public var data: JSON?

  public init(code: Int, message: String, data: JSON? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }

  /// Reads the `error` member of a response; nil when it lacks an integer code or a message.
  public init?(_ json: JSON) {
    guard let code = json["code"]?.intValue, let message = json["message"]?.stringValue else { return nil }
    self.init(code: code, message: message, data: json["data"])
  }

  /// The `error` member of a response.
  public var json: JSON {
    var members: JSONObject = ["code": .integer(code), "message": .string(message)]
    members["data"] = data
    return .object(members)
  }
}

extension RPCError: CustomStringConvertible {
  public var description: String { "\(message) (\(code))" }
}
