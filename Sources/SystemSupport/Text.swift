extension String {
  /// This text on one line, escaped and at most `limit` characters long: any text is then safe in a log.
  ///
  /// Escapes are Python's (`\n`, `\x1b`, `\u202e`); a backslash stays, so that paths can be read.
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

/// A character encoding by its name in the system's C library.
public enum TextEncoding {
  public enum Failure: Error, Equatable {
    case unknownName
    /// The byte at this offset begins no character.
    case invalid(offset: Int)
  }

  /// Converts text in another encoding to UTF-8.
  public static func utf8(from bytes: [UInt8], encoding name: String) throws(Failure) -> [UInt8] {
    guard let converter = iconv_open("UTF-8", name), converter != iconv_t(bitPattern: -1) else {
      throw .unknownName
    }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    // A character of one byte takes at most four in UTF-8.
    var output = [CChar](repeating: 0, count: 4 * bytes.count + 16)
    let (offset, written) = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var (source, target) = (input.baseAddress, output.baseAddress)
        var (left, room) = (input.count, output.count)
        let isWhole = iconv(converter, &source, &left, &target, &room) != -1
        return (isWhole ? nil : input.count - left, output.count - room)
      }
    }
    if let offset { throw .invalid(offset: offset) }
    return output[..<written].map { UInt8(bitPattern: $0) }
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  package func trimmingWhitespace() -> String {
    var rest = self[...].drop { $0.isWhitespace }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
