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

/// A recursive descent over bytes that do not move while it runs; every read is checked against the end.
struct JSONParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var levelsLeft: Int
  private var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>, levelsLeft: Int) {
    self.bytes = bytes
    self.levelsLeft = levelsLeft
  }

  /// The byte at the position, or 0 at the end. A raw NUL is not allowed anywhere in JSON, so the two cannot
  /// be confused.
  @inline(__always)
  private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  fileprivate mutating func parseText() throws(JSONParseError) -> JSON {
    skipWhitespace()
    let value = try parseValue()
    skipWhitespace()
    guard position == bytes.count else {
      throw failure("Something follows the end of the JSON value.")
    }
    return value
  }

  private mutating func parseValue() throws(JSONParseError) -> JSON {
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

  private func failure(_ reason: String) -> JSONParseError {
    JSONParseError(offset: position, reason: reason)
  }

  private func unexpected(_ expected: String) -> JSONParseError {
    failure(
      position < bytes.count
        ? "Expected \(expected)." : "The text ends where \(expected) was expected.")
  }
}

extension JSONParser {
  /// Reads a string from its opening quote past its closing one. A string without escapes is taken over whole.
  private mutating func parseString() throws(JSONParseError) -> String {
    position += 1
    let first = try skipRun()
    if current == UInt8(ascii: "\"") {
      position += 1
      return try text(of: first)
    }
    // Texts with many escapes are put together as bytes, because characters would be appended one by one.
    try check(first)
    var decoded = Array(bytes[first])
    while current == UInt8(ascii: "\\") {
      position += 1
      decoded += UTF8.encode(try parseEscape()) ?? UTF8.encodedReplacementCharacter
      let run = try skipRun()
      try check(run)
      decoded += bytes[run]
    }
    position += 1
    return String(decoding: decoded, as: UTF8.self)
  }

  /// Moves to the next quote or backslash.
  ///
  /// - Returns: The place of the text before it.
  private mutating func skipRun() throws(JSONParseError) -> Range<Int> {
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      guard byte >= 0x20 else { throw failure("A control character in a string must be escaped.") }
      position += 1
    }
    guard position < bytes.count else { throw failure("The text ends within a string.") }
    return start..<position
  }

  private func check(_ run: Range<Int>) throws(JSONParseError) {
    guard bytes[run].contains(where: { $0 >= 0x80 }) else { return }
    _ = try text(of: run)
  }

  private func text(of run: Range<Int>) throws(JSONParseError) -> String {
    let utf8 = UnsafeBufferPointer(rebasing: bytes[run])
    guard let text = String(validating: utf8, as: UTF8.self) else {
      let offset = run.lowerBound + Self.validPrefix(utf8)
      throw JSONParseError(offset: offset, reason: "The text is not valid UTF-8.")
    }
    return text
  }

  private static func validPrefix(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.makeIterator()
    var length = 0
    while case .valid(let scalar) = parser.parseScalar(from: &input) { length += scalar.count }
    return length
  }

  private mutating func parseEscape() throws(JSONParseError) -> Unicode.Scalar {
    let byte = current
    guard byte != UInt8(ascii: "u") else { return try parseUnicodeEscape() }
    let scalar: Unicode.Scalar
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scalar = Unicode.Scalar(byte)
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "t"): scalar = "\t"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "b"): scalar = "\u{8}"
    case UInt8(ascii: "f"): scalar = "\u{C}"
    default: throw unexpected("an escape")
    }
    position += 1
    return scalar
  }

  private mutating func parseUnicodeEscape() throws(JSONParseError) -> Unicode.Scalar {
    let first = try parseHexUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let resume = position
    if UTF16.isLeadSurrogate(first), current == UInt8(ascii: "\\") {
      position += 1
      if current == UInt8(ascii: "u") {
        let second = try parseHexUnit()
        if UTF16.isTrailSurrogate(second) {
          return UTF16.decode(UTF16.EncodedScalar([first, second]))
        }
      }
    }
    position = resume
    return "\u{FFFD}"
  }

  /// Reads `uXXXX`.
  private mutating func parseHexUnit() throws(JSONParseError) -> UInt16 {
    position += 1
    var unit: UInt16 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch current {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = current - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = current - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = current - UInt8(ascii: "A") + 10
      default: throw unexpected("four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}

extension JSONParser {
  private mutating func parseNumber() throws(JSONParseError) -> JSON {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    if current == UInt8(ascii: "0") {
      position += 1
    } else {
      try skipDigits()
    }
    var isWhole = true
    if current == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      try skipDigits()
    }
    if current | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      try skipDigits()
    }
    let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
    if isWhole, let integer = Self.integer(text) { return .integer(integer) }
    let literal = String(decoding: text, as: UTF8.self)
    guard !isWhole, let number = Double(literal), number.isFinite else { return .digits(literal) }
    return .number(number)
  }

  private mutating func skipDigits() throws(JSONParseError) {
    guard isDigit(current) else { throw unexpected("a digit") }
    repeat { position += 1 } while isDigit(current)
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  /// Reads digits with an optional minus; nil when the value does not fit. It counts downwards, so that
  /// `Int.min` fits.
  private static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    let isNegative = text.first == UInt8(ascii: "-")
    var value = 0
    for byte in text.dropFirst(isNegative ? 1 : 0) {
      let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowed) = tenfold.subtractingReportingOverflow(Int(byte &- UInt8(ascii: "0")))
      guard !overflow, !overflowed else { return nil }
      value = sum
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }
}
