extension JSON {
  /// Reads one JSON text (RFC 8259, UTF-8 without a byte order mark). It must fill the whole input but for
  /// white space around it.
  ///
  /// An escape of half a surrogate pair, such as `\ud800`, reads as U+FFFD, because real programs write it.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - maximumDepth: The number of arrays and objects that may lie inside each other. The parser calls
  ///     itself for each level, so a much greater number needs a thread with a large stack.
  /// - Throws: A ``JSONParseError`` for broken grammar, invalid UTF-8, or too much depth.
  public init(parsing bytes: some Sequence<UInt8>, maximumDepth: Int = 512) throws(JSONParseError) {
    let result =
      bytes.withContiguousStorageIfAvailable { Self.parse($0, maximumDepth: maximumDepth) }
      ?? Array(bytes).withUnsafeBufferPointer { Self.parse($0, maximumDepth: maximumDepth) }
    self = try result.get()
  }

  private static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int
  ) -> Result<JSON, JSONParseError> {
    Result { () throws(JSONParseError) in
      var parser = JSONParser(bytes: bytes, levelsLeft: maximumDepth)
      return try parser.parseText()
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

/// A recursive descent over bytes that do not move while it runs; every read is checked against the end.
struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var levelsLeft: Int
  var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>, levelsLeft: Int) {
    self.bytes = bytes
    self.levelsLeft = levelsLeft
  }

  /// The byte at the position, or 0 at the end. A raw NUL is not allowed anywhere in JSON, so the two cannot
  /// be confused.
  @inline(__always)
  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  mutating func parseText() throws(JSONParseError) -> JSON {
    skipWhitespace()
    let value = try parseValue()
    skipWhitespace()
    guard position == bytes.count else {
      throw failure("Something follows the end of the JSON value.")
    }
    return value
  }

  mutating func parseValue() throws(JSONParseError) -> JSON {
    switch current {
    case UInt8(ascii: "{"): return .object(try parseObject())
    case UInt8(ascii: "["): return .array(try parseArray())
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
    case UInt8(ascii: "t"): return try parseWord("true", as: .bool(true))
    case UInt8(ascii: "f"): return try parseWord("false", as: .bool(false))
    case UInt8(ascii: "n"): return try parseWord("null", as: .null)
    default: throw unexpected("a value")
    }
  }

  private mutating func parseWord(_ word: StaticString, as value: JSON) throws(JSONParseError) -> JSON {
    for offset in 0..<word.utf8CodeUnitCount {
      guard current == word.utf8Start[offset] else { throw unexpected("the word \"\(word)\"") }
      position += 1
    }
    return value
  }

  private mutating func parseArray() throws(JSONParseError) -> [JSON] {
    try enter()
    var elements: [JSON] = []
    if current != UInt8(ascii: "]") {
      while true {
        elements.append(try parseValue())
        skipWhitespace()
        guard current == UInt8(ascii: ",") else { break }
        position += 1
        skipWhitespace()
      }
    }
    try leave(UInt8(ascii: "]"), expecting: "\",\" or \"]\"")
    return elements
  }

  private mutating func parseObject() throws(JSONParseError) -> JSONObject {
    try enter()
    var members = JSONObject()
    if current != UInt8(ascii: "}") {
      while true {
        guard current == UInt8(ascii: "\"") else { throw unexpected("a member's name in quotes") }
        let name = try parseString()
        skipWhitespace()
        guard current == UInt8(ascii: ":") else { throw unexpected("\":\"") }
        position += 1
        skipWhitespace()
        members[name] = try parseValue()
        skipWhitespace()
        guard current == UInt8(ascii: ",") else { break }
        position += 1
        skipWhitespace()
      }
    }
    try leave(UInt8(ascii: "}"), expecting: "\",\" or \"}\"")
    return members
  }

  private mutating func enter() throws(JSONParseError) {
    guard levelsLeft > 0 else { throw failure("Arrays and objects lie too deep inside each other.") }
    levelsLeft -= 1
    position += 1
    skipWhitespace()
  }

  private mutating func leave(_ bracket: UInt8, expecting expected: String) throws(JSONParseError) {
    guard current == bracket else { throw unexpected(expected) }
    position += 1
    levelsLeft += 1
  }

  private mutating func skipWhitespace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  func failure(_ reason: String) -> JSONParseError {
    JSONParseError(offset: position, reason: reason)
  }

  func unexpected(_ expected: String) -> JSONParseError {
    failure(
      position < bytes.count
        ? "Expected \(expected)." : "The text ends where \(expected) was expected.")
  }
}
