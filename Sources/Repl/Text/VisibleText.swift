/// Makes foreign text safe to draw: it cannot drive a terminal or disguise other text.
enum VisibleText {
  private static let tabWidth = 8

  /// Makes one line visible. Control characters, escape sequences and marks that reorder text are spelt out
  /// (`^[`, `\x9b`, `\u202e`); tabs become blanks.
  ///
  /// - Parameter column: the column where the text begins, for the tabs.
  static func of(_ text: some StringProtocol, column: Int = 0) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(text) }
    var visible = ""
    var width = column
    for character in text {
      let shown = spelling(of: character, column: width)
      width += DisplayWidth.of(shown)
      visible += shown
    }
    return visible
  }

  /// Gives the text's lines, made visible.
  static func lines(of text: some StringProtocol) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map { of($0) }
  }

  private static func spelling(of character: Character, column: Int) -> String {
    guard character.unicodeScalars.contains(where: isHazard) else { return String(character) }
    return character.unicodeScalars.reduce(into: "") { spelling, scalar in
      if scalar == "\t" {
        let position = column + DisplayWidth.of(spelling)
        spelling += String(repeating: " ", count: tabWidth - position % tabWidth)
      } else {
        spelling += isHazard(scalar) ? self.spelling(of: scalar) : String(scalar)
      }
    }
  }

  static func isHazard(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    // These are bidirectional marks, embeddings, overrides and isolates (UAX #9), and separators of lines and
    // paragraphs.
    case 0x061C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x2028...0x2029: true
    default: false
    }
  }

  private static func spelling(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    switch scalar.value {
    case 0x00...0x1F: return "^" + String(UnicodeScalar(UInt8(scalar.value) + 0x40))
    case 0x7F: return "^?"
    case 0x80...0x9F: return "\\x" + digits
    default: return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
  }
}
