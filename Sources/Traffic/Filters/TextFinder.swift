/// Finds a text in UTF-8. The case of A to Z matters only when the text has one of them in upper case.
package struct TextFinder: Sendable, Hashable {
  package let text: String
  private let needle: [UInt8]
  private let isCaseSensitive: Bool

  package init(_ text: String) {
    self.text = text
    needle = Array(text.utf8)
    isCaseSensitive = needle.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }

  /// True when the text is there; an empty one is everywhere.
  package func isIn(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    needle.isEmpty || firstRange(in: bytes, from: 0) != nil
  }

  package func isIn(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { isIn($0) }
  }

  package func isIn(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { isIn($0) }
  }

  /// All places without overlap, as offsets in UTF-8; an empty text has none.
  package func ranges(in text: String) -> [Range<Int>] {
    var text = text
    return text.withUTF8 { bytes in
      var ranges: [Range<Int>] = []
      while let range = firstRange(in: bytes, from: ranges.last?.upperBound ?? 0) { ranges.append(range) }
      return ranges
    }
  }

  private func firstRange(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
    guard !needle.isEmpty, bytes.count - start >= needle.count else { return nil }
    return needle.withUnsafeBufferPointer { needle in
      for position in start...(bytes.count - needle.count) {
        var length = 0
        while length < needle.count, matches(bytes[position + length], needle[length]) { length += 1 }
        if length == needle.count { return position..<(position + length) }
      }
      return nil
    }
  }

  @inline(__always)
  private func matches(_ byte: UInt8, _ wanted: UInt8) -> Bool {
    if byte == wanted { return true }
    if isCaseSensitive { return false }
    return byte | 0x20 == wanted && byte &- UInt8(ascii: "A") < 26
  }
}
