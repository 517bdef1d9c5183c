extension JSONParser {
  /// Reads a string from its opening quote past its closing one. A string without escapes is taken over whole.
  mutating func parseString() throws(JSONParseError) -> String {
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
  mutating func parseNumber() throws(JSONParseError) -> JSON {
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
