/// Walks over JSON text without making values of it: finds the wanted parts, and checks the grammar of the
/// rest.
///
/// It leaves numbers and UTF-8 to stricter readers, so that a hundred thousand messages a second can be read.
package struct JSONScanner {
  private static let maximumDepth = 512

  package let bytes: UnsafeBufferPointer<UInt8>
  package private(set) var position = 0
  private var depth = 0

  package init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// The byte at the position; 0 at the end.
  package var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  package mutating func skipBlanks() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  /// True when only blanks are left.
  package mutating func isAtEnd() -> Bool {
    skipBlanks()
    return position == bytes.count
  }

  /// Moves behind one value and the blanks before it; nil when there is none.
  ///
  /// - Returns: The place of the value.
  package mutating func skipValue() -> Range<Int>? {
    skipBlanks()
    let start = position
    let isValue =
      switch current {
      case UInt8(ascii: "{"): skipMembers { scanner, _ in scanner.skipValue() != nil }
      case UInt8(ascii: "["): skipElements { scanner in scanner.skipValue() != nil }
      case UInt8(ascii: "\""): skipString() != nil
      case UInt8(ascii: "t"): skipWord("true")
      case UInt8(ascii: "f"): skipWord("false")
      case UInt8(ascii: "n"): skipWord("null")
      default: skipNumber()
      }
    return isValue ? start..<position : nil
  }

  /// Moves behind an object; `read` gets the range of each name, with its quotes, and moves behind the value.
  package mutating func skipMembers(_ read: (inout JSONScanner, Range<Int>) -> Bool) -> Bool {
    skipList(opening: UInt8(ascii: "{"), closing: UInt8(ascii: "}")) { scanner in
      scanner.skipBlanks()
      guard let name = scanner.skipString() else { return false }
      scanner.skipBlanks()
      return scanner.take(UInt8(ascii: ":")) && read(&scanner, name)
    }
  }

  /// Moves behind an array; `read` moves behind each element.
  package mutating func skipElements(_ read: (inout JSONScanner) -> Bool) -> Bool {
    skipList(opening: UInt8(ascii: "["), closing: UInt8(ascii: "]"), read)
  }

  private mutating func skipList(
    opening: UInt8, closing: UInt8, _ read: (inout JSONScanner) -> Bool
  ) -> Bool {
    skipBlanks()
    guard depth < Self.maximumDepth, take(opening) else { return false }
    depth += 1
    defer { depth -= 1 }
    skipBlanks()
    if take(closing) { return true }
    while read(&self) {
      skipBlanks()
      if take(closing) { return true }
      guard take(UInt8(ascii: ",")) else { return false }
    }
    return false
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  /// - Returns: The place of the string, with its quotes.
  package mutating func skipString() -> Range<Int>? {
    let start = position
    guard take(UInt8(ascii: "\"")) else { return nil }
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return start..<position }
      if byte < 0x20 { return nil }
      if byte == UInt8(ascii: "\\") { position += 1 }
    }
    position = bytes.count
    return nil
  }

  private mutating func skipWord(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    let utf8 = UnsafeBufferPointer(start: word.utf8Start, count: length)
    guard bytes.count - position >= length, bytes[position..<(position + length)].elementsEqual(utf8) else {
      return false
    }
    position += length
    return true
  }

  private mutating func skipNumber() -> Bool {
    let start = position
    _ = take(UInt8(ascii: "-"))
    guard current &- UInt8(ascii: "0") < 10 else { return false }
    while true {
      switch current {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
        UInt8(ascii: "+"), UInt8(ascii: "-"):
        position += 1
      default: return position > start
      }
    }
  }
}
