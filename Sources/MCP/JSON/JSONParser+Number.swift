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
