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
