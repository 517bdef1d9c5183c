/// A question to the user at the client's side (Elicitation, from 2025-06-18): a message and a form.
public struct Elicitation: Sendable, Hashable {
  static let method = "elicitation/create"

  public var message: String
  /// A JSON Schema of type `object` with flat properties.
  public var requestedSchema: JSON
  /// The `_meta` of the question's parameters.
  public var meta: JSONObject

  public init(message: String, requestedSchema: JSON, meta: JSONObject = [:]) {
    self.message = message
    self.requestedSchema = requestedSchema
    self.meta = meta
  }

  /// Reads the parameters; nil when there is no message or no form.
  public init?(params: JSONObject) {
    guard let message = params["message"]?.stringValue, let schema = params["requestedSchema"] else {
      return nil
    }
    self.init(message: message, requestedSchema: schema, meta: params["_meta"]?.objectValue ?? [:])
  }

  var params: JSONObject {
    var params: JSONObject = ["message": .string(message), "requestedSchema": requestedSchema]
    if !meta.isEmpty { params["_meta"] = .object(meta) }
    return params
  }

  /// The user's reaction to the question (schema: `ElicitResult`).
  public enum Answer: Sendable, Hashable {
    /// The user sent the form with these values.
    case accept(JSONObject)
    case decline
    /// The user closed the question without a choice.
    case cancel

    /// Reads a client's answer to a question.
    ///
    /// - Throws: `invalidParams` if it is no answer, or has values that the form does not allow.
    init(json: JSON, to question: Elicitation) throws(RPCError) {
      switch json["action"]?.stringValue {
      case "accept":
        guard let content = json["content"]?.objectValue else {
          throw .invalidParams("An accepted elicitation must have an object \"content\".")
        }
        try question.check(content)
        self = .accept(content)
      case "decline": self = .decline
      case "cancel": self = .cancel
      default: throw .invalidParams("The answer to an elicitation must have an \"action\".")
      }
    }

    var json: JSON {
      switch self {
      case .accept(let content): ["action": "accept", "content": .object(content)]
      case .decline: ["action": "decline"]
      case .cancel: ["action": "cancel"]
      }
    }
  }
}
