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

extension JSON {
  /// Appends the value as compact JSON: UTF-8, no white space, and never a raw newline.
  ///
  /// A ``number(_:)`` is written so that it reads back as the same number. JSON cannot say infinity and NaN;
  /// both are written as `null`.
  public func write(into buffer: inout [UInt8]) {
    switch self {
    case .null: buffer.append(ascii: "null")
    case .bool(let value): buffer.append(ascii: value ? "true" : "false")
    case .integer(let value): buffer.append(contentsOf: String(value).utf8)
    case .number(let value): buffer.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
    case .digits(let text): buffer.append(contentsOf: text.utf8)
    case .string(let value): buffer.append(quoted: value)
    case .array(let elements): Self.write(elements, into: &buffer)
    case .object(let members): Self.write(members, into: &buffer)
    }
  }

  private static func write(_ elements: [JSON], into buffer: inout [UInt8]) {
    buffer.append(UInt8(ascii: "["))
    var isFirst = true
    for element in elements {
      if !isFirst { buffer.append(UInt8(ascii: ",")) }
      isFirst = false
      element.write(into: &buffer)
    }
    buffer.append(UInt8(ascii: "]"))
  }

  package static func write(_ members: JSONObject, into buffer: inout [UInt8]) {
    buffer.append(UInt8(ascii: "{"))
    var isFirst = true
    for (name, value) in members {
      if !isFirst { buffer.append(UInt8(ascii: ",")) }
      isFirst = false
      buffer.append(quoted: name)
      buffer.append(UInt8(ascii: ":"))
      value.write(into: &buffer)
    }
    buffer.append(UInt8(ascii: "}"))
  }

  /// The value as compact JSON in UTF-8, for a wire. Characters that some readers take for a line's end are
  /// escaped.
  public var encoded: [UInt8] {
    var buffer: [UInt8] = []
    write(into: &buffer)
    buffer.escapeLineSeparators()
    return buffer
  }

  /// The value as compact JSON.
  public var text: String {
    var buffer: [UInt8] = []
    write(into: &buffer)
    return String(decoding: buffer, as: UTF8.self)
  }
}

extension [UInt8] {
  package mutating func append(ascii text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Escapes U+0085, U+2028 and U+2029, which a JSON text can have only in its strings.
  package mutating func escapeLineSeparators() {
    guard contains(where: { $0 == 0xC2 || $0 == 0xE2 }) else { return }
    var escaped: [UInt8] = []
    escaped.reserveCapacity(count)
    var position = 0
    while position < count {
      switch (self[position], position + 1 < count ? self[position + 1] : 0) {
      case (0xC2, 0x85):
        escaped.append(ascii: "\\u0085")
        position += 2
      case (0xE2, 0x80) where position + 2 < count && self[position + 2] & 0xFE == 0xA8:
        escaped.append(ascii: self[position + 2] == 0xA8 ? "\\u2028" : "\\u2029")
        position += 3
      case (let byte, _):
        escaped.append(byte)
        position += 1
      }
    }
    self = escaped
  }

  /// Appends the text in quotes, with escapes for quotes, backslashes and control characters only.
  package mutating func append(quoted text: String) {
    append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var runStart = 0
      for position in 0..<utf8.count {
        let byte = utf8[position]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
        append(contentsOf: UnsafeBufferPointer(rebasing: utf8[runStart..<position]))
        append(escapeFor: byte)
        runStart = position + 1
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: utf8[runStart..<utf8.count]))
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(escapeFor byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\n"): append(UInt8(ascii: "n"))
    case UInt8(ascii: "\t"): append(UInt8(ascii: "t"))
    case UInt8(ascii: "\r"): append(UInt8(ascii: "r"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    default:
      append(ascii: "u00")
      append(hexDigit(byte >> 4))
      append(hexDigit(byte & 0xF))
    }
  }

  private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

extension JSON {
  /// Writes the value for people: one member or element a line; empty arrays and objects stay on one line.
  ///
  /// - Parameter indent: The spaces for each level.
  public func pretty(indent: Int = 2) -> String {
    var text = ""
    writePretty(into: &text, indent: max(0, indent), level: 0)
    return text
  }

  private func writePretty(into text: inout String, indent: Int, level: Int) {
    switch self {
    case .array(let elements) where !elements.isEmpty:
      text += "["
      for (position, element) in elements.enumerated() {
        text += position == 0 ? "\n" : ",\n"
        text += String(repeating: " ", count: indent * (level + 1))
        element.writePretty(into: &text, indent: indent, level: level + 1)
      }
      text += "\n" + String(repeating: " ", count: indent * level) + "]"
    case .object(let members) where !members.isEmpty:
      text += "{"
      for (position, member) in members.enumerated() {
        text += position == 0 ? "\n" : ",\n"
        text += String(repeating: " ", count: indent * (level + 1))
        text += JSON.string(member.key).text + ": "
        member.value.writePretty(into: &text, indent: indent, level: level + 1)
      }
      text += "\n" + String(repeating: " ", count: indent * level) + "}"
    case .null, .bool, .integer, .number, .digits, .string, .array, .object:
      text += self.text
    }
  }
}

/// The reason why a text is not JSON.
public struct JSONParseError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The position of the first wrong byte, counted from 0. For a text that ends too early it is the text's
  /// length.
  public var offset: Int
  /// The fault, as a sentence without the position.
  public var reason: String

  public init(offset: Int, reason: String) {
    self.offset = offset
    self.reason = reason
  }

  public var description: String { "\(reason) (byte \(offset))" }
}
