extension String {
  /// This text on one line, escaped and at most `limit` characters long, so that any text is safe in a log.
  ///
  /// Escapes are Python's (`
  /// `, `\x1b`, `\u202e`); a backslash stays, so that paths can be read.
  public func foreignLine(limit: Int = 1000) -> String {
    var line = String.UnicodeScalarView()
    for (count, scalar) in unicodeScalars.enumerated() {
      guard count < limit else {
        line.append("…")
        break
      }
      switch scalar.value {
      case 0x0a: line.append(contentsOf: "\\n".unicodeScalars)
      case 0x00...0x1f, 0x7f...0x9f:
        line.append(contentsOf: ("\\x" + Self.digits(scalar, count: 2)).unicodeScalars)
      // These marks reorder text or have no width; some programs take the separators for newlines.
      case 0xad, 0x61c, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff:
        line.append(contentsOf: ("\\u" + Self.digits(scalar, count: 4)).unicodeScalars)
      default: line.append(scalar)
      }
    }
    return String(line)
  }

  private static func digits(_ scalar: Unicode.Scalar, count: Int) -> String {
    let digits = String(scalar.value, radix: 16)
    return String(repeating: "0", count: Swift.max(0, count - digits.count)) + digits
  }
}
