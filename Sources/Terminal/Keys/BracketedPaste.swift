import SystemSupport

/// Takes the bytes between the marks of a bracketed paste, in pieces of any size.
struct PasteCollector {
  private static let end = Array("\u{1b}[201~".utf8)

  private var bytes: [UInt8] = []

  /// - Returns: the number of bytes that belong to the paste, its end mark included; `nil` if it goes on.
  mutating func take(_ piece: ArraySlice<UInt8>) -> Int? {
    // The mark may have begun in an earlier piece.
    var from = max(0, bytes.count - Self.end.count + 1)
    let before = bytes.count
    bytes.append(contentsOf: piece)
    while let escape = bytes.firstIndex(of: Self.end[0], from: from) {
      if bytes[escape...].starts(with: Self.end) {
        let taken = escape + Self.end.count - before
        bytes.removeLast(bytes.count - escape)
        return taken
      }
      from = escape + 1
    }
    return nil
  }

  /// The pasted text, with newlines for line ends; bytes that are no UTF-8 are replaced.
  var text: String {
    let carriageReturn = UInt8(ascii: "\r")
    let newline = UInt8(ascii: "\n")
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var from = 0
    while let index = bytes.firstIndex(of: carriageReturn, from: from) {
      text.append(contentsOf: bytes[from..<index])
      text.append(newline)
      from = index + 1
      if from < bytes.count, bytes[from] == newline { from += 1 }
    }
    text.append(contentsOf: bytes[from...])
    return String(decoding: text, as: UTF8.self)
  }
}

extension [UInt8] {
  /// The C library searches fast even in a build that is not optimised.
  fileprivate func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, Int32(byte), bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }
}

/// Collects the text between the marks of a bracketed paste.
struct PastedText {
  private static let end = "\u{1b}[201~".unicodeScalars

  private var scalars = String.UnicodeScalarView()
  private var matched: [Unicode.Scalar] = []
  private(set) var isWhole = false

  mutating func append(_ scalar: Unicode.Scalar) {
    matched.append(scalar)
    while !matched.isEmpty, !Self.end.starts(with: matched) {
      scalars.append(matched.removeFirst())
    }
    isWhole = matched.count == Self.end.count
  }

  /// The text with newlines as `\n`, and without other control characters but tabs.
  var text: String {
    var clean = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in scalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\r": clean.append("\n")
      case "\n", "\t": clean.append(scalar)
      default:
        if scalar.properties.generalCategory != .control { clean.append(scalar) }
      }
      previous = scalar
    }
    return String(clean)
  }
}
