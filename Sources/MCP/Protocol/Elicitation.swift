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

extension Elicitation {
  /// Compares a form's values with its schema (schema: `PrimitiveSchemaDefinition`): the fields that are
  /// there, and the type and choice of each.
  ///
  /// - Throws: `invalidParams` with the first value that does not fit.
  func check(_ content: JSONObject) throws(RPCError) {
    for name in requestedSchema["required"]?.arrayValue ?? [] {
      guard let name = name.stringValue, content[name] == nil else { continue }
      throw .invalidParams("The answer to the elicitation lacks \"\(name)\".")
    }
    let fields = requestedSchema["properties"]?.objectValue ?? [:]
    for (name, value) in content {
      guard let field = fields[name], !Self.fits(value, field) else { continue }
      throw .invalidParams("The answer to the elicitation has a wrong value for \"\(name)\".")
    }
  }

  private static func fits(_ value: JSON, _ field: JSON) -> Bool {
    if let choices = field["enum"]?.arrayValue, !choices.contains(value) { return false }
    return switch field["type"]?.stringValue {
    case "string": value.stringValue != nil
    case "boolean": value.boolValue != nil
    case "integer": value.isInteger
    case "number": value.isNumber
    case "array": value.arrayValue != nil
    default: true
    }
  }
}

extension JSON {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .number, .digits: true
    case .null, .bool, .string, .array, .object: false
    }
  }

  fileprivate var isInteger: Bool {
    switch self {
    case .integer: true
    case .number(let number): number == number.rounded()
    case .digits(let text): text.utf8.allSatisfy { $0 != UInt8(ascii: ".") && $0 | 0x20 != UInt8(ascii: "e") }
    case .null, .bool, .string, .array, .object: false
    }
  }
}
