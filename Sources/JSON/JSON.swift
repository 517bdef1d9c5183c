// Every user of this module works with `JSONObject`, so its members come along.
@_exported public import OrderedCollections

/// The members of a JSON object, in the order in which they were written.
public typealias JSONObject = OrderedDictionary<String, JSON>

/// Any JSON value (RFC 8259), exact enough to be written back as it was read.
///
/// The order of members is kept. A number without fraction and exponent that fits an `Int` is an
/// ``integer(_:)`` and keeps all its digits. A whole number beyond that, and one beyond the range of a
/// `Double`, keeps its text as ``digits(_:)``. Every other number is a ``number(_:)``. The last of several
/// members with the same name counts.
///
/// Equality is structural and strict: `.integer(1)` and `.number(1)` differ, and so do two objects with the
/// same members in another order.
public enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  /// The text of a number that no Swift number holds.
  case digits(String)
  case string(String)
  case array([JSON])
  case object(JSONObject)
}

extension JSON {
  /// The member with this name, or nil when there is none or this is not an object.
  public subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members[name]
  }

  /// The element at this position, or nil when there is none or this is not an array.
  public subscript(position: Int) -> JSON? {
    guard case .array(let elements) = self, elements.indices.contains(position) else { return nil }
    return elements[position]
  }

  /// True when this is `null`.
  public var isNull: Bool { self == .null }

  public var boolValue: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// The integer; a number without a fractional part, such as `3.0`, also counts if it fits an `Int`.
  public var intValue: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    case .null, .bool, .digits, .string, .array, .object: nil
    }
  }

  /// The number; an integer beyond 2^53 loses digits here, and one beyond a `Double` gives nil.
  public var doubleValue: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .digits(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    case .null, .bool, .string, .array, .object: nil
    }
  }

  public var stringValue: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  public var arrayValue: [JSON]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  public var objectValue: JSONObject? {
    guard case .object(let members) = self else { return nil }
    return members
  }
}

extension JSON: ExpressibleByNilLiteral {
  public init(nilLiteral: ()) { self = .null }
}

extension JSON: ExpressibleByBooleanLiteral {
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self = .integer(value) }
}

extension JSON: ExpressibleByFloatLiteral {
  public init(floatLiteral value: Double) { self = .number(value) }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) { self = .string(value) }
}

extension JSON: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

extension JSON: ExpressibleByDictionaryLiteral {
  /// Builds an object; the last of several members with the same name counts, as in parsed text.
  public init(dictionaryLiteral members: (String, JSON)...) {
    var object = JSONObject(minimumCapacity: members.count)
    for (name, value) in members { object[name] = value }
    self = .object(object)
  }
}
