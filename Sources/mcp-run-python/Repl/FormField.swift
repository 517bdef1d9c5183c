import MCP

/// A field of a server's question (2025-11-25, schema: `PrimitiveSchemaDefinition`). Pure.
struct FormField {
  let schema: JSON

  /// The value for a user who says nothing of the field: its default, else an empty value of its type.
  var standard: JSON {
    if let value = schema["default"] { return value }
    if let choice = choices.first { return choice }
    return switch schema["type"]?.stringValue {
    case "boolean": false
    case "integer", "number": schema["minimum"] ?? 0
    case "array": []
    default: ""
    }
  }

  /// The line as a value of the field; nil when it cannot be one.
  func value(of line: String) -> JSON? {
    let text = String(line.trimming { $0.isWhitespace })
    if text.isEmpty, schema["default"] != nil { return standard }
    let value: JSON? =
      switch schema["type"]?.stringValue {
      case "boolean": Self.boolean(text)
      case "integer": Int(text).map(JSON.integer)
      case "number": Double(text).flatMap { $0.isFinite ? Int(text).map(JSON.integer) ?? .number($0) : nil }
      case "array":
        .array(text.split(separator: ",").map { .string(String($0.trimming { $0.isWhitespace })) })
      default: .string(line)
      }
    guard let value else { return nil }
    return choices.isEmpty || choices.contains(value) ? value : nil
  }

  private var choices: [JSON] {
    schema["enum"]?.arrayValue ?? schema["oneOf"]?.arrayValue?.compactMap { $0["const"] } ?? []
  }

  private static func boolean(_ text: String) -> JSON? {
    switch text.lowercased() {
    case "true", "yes", "y", "1": true
    case "false", "no", "n", "0": false
    default: nil
    }
  }
}

extension StringProtocol {
  fileprivate func trimming(_ isDropped: (Character) -> Bool) -> SubSequence {
    var rest = self[...]
    while let first = rest.first, isDropped(first) { rest.removeFirst() }
    while let last = rest.last, isDropped(last) { rest.removeLast() }
    return rest
  }
}
