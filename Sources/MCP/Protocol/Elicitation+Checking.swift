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
    default: false
    }
  }

  fileprivate var isInteger: Bool {
    switch self {
    case .integer: true
    case .number(let number): number == number.rounded()
    case .digits(let text): text.utf8.allSatisfy { $0 != UInt8(ascii: ".") && $0 | 0x20 != UInt8(ascii: "e") }
    default: false
    }
  }
}
