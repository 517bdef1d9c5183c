/// Makes foreign text safe to show: it cannot drive a terminal or disguise other text.
///
/// Control characters (C0, C1, DEL), and so escape sequences, are spelt out. So are marks that reorder text,
/// and separators that some take for newlines. Controls are spelt as terminals echo them (`^[`, `^?`), the
/// others in Python's way (`\x9b`, `\u202e`).
public enum VisibleText {
  private static let tabWidth = 8

  /// Makes one line visible, for a screen that draws cells: tabs become blanks.
  ///
  /// - Parameter column: the column where the text begins, for the tabs.
  public static func of(_ text: some StringProtocol, column: Int = 0) -> String {
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
  public static func lines(of text: some StringProtocol) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map { of($0) }
  }

  /// Makes a text visible that goes to a terminal as it is. A carriage return before a kept newline is
  /// dropped.
  ///
  /// - Parameter kept: control characters that stay as they are.
  public static func printable(_ text: String, keeping kept: Set<Unicode.Scalar> = ["\n", "\t"]) -> String {
    guard text.unicodeScalars.contains(where: { isHazard($0) && !kept.contains($0) }) else { return text }
    var safe = String.UnicodeScalarView()
    let scalars = text.unicodeScalars
    for index in scalars.indices {
      let scalar = scalars[index]
      if kept.contains(scalar) || !isHazard(scalar) {
        safe.append(scalar)
      } else if scalar == "\r", kept.contains("\n"), scalars[scalars.index(after: index)...].first == "\n" {
        continue
      } else {
        safe.append(contentsOf: spelling(of: scalar).unicodeScalars)
      }
    }
    return String(safe)
  }

  /// True for a scalar that must not reach a terminal.
  public static func isHazard(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    // These are bidirectional marks, embeddings, overrides and isolates (UAX #9), and separators of lines and
    // paragraphs.
    case 0x061C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x2028...0x2029: true
    default: false
    }
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
