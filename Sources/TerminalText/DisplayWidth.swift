/// The number of screen cells that a text takes: UAX #11, and the habits of terminals with emoji.
public enum DisplayWidth {
  public static func of(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// Gives 0, 1 or 2. Some clusters are wider, such as Indic conjuncts, which terminals draw side by side.
  public static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.value < 0x7F, scalars.count == 1 { return 1 }
    // This is an emoji with modifiers: a variation selector, a skin tone, or others joined with it.
    if isWideEmoji(first) || (first.properties.isEmoji && scalars.contains("\u{FE0F}") && first.value > 0xFF)
    {
      return 2
    }
    if scalars.contains("\u{20E3}"), scalars.contains("\u{FE0F}") { return 2 }
    return scalars.reduce(0) { $0 + of($1) }
  }

  /// Gives the width of a scalar that stands alone.
  static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    if isZeroWidth(scalar) { return 0 }
    return isWideEmoji(scalar) || isWide(scalar.value) ? 2 : 1
  }

  private static func isWideEmoji(_ scalar: Unicode.Scalar) -> Bool {
    // Two regional indicators make a flag; each alone is narrow.
    scalar.value >= 0x231A && scalar.properties.isEmojiPresentation
      && !(0x1F1E6...0x1F1FF).contains(scalar.value)
  }

  private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: true
    // These are the vowels and final consonants of a decomposed Hangul syllable.
    default: (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value)
    }
  }

  /// True for East Asian Wide and Fullwidth, but not for emoji: Swift's own tables know those.
  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    return wideRanges.contains { $0.contains(value) }
  }

  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF, 0xAC00...0xD7A3, 0xFF01...0xFF60, 0x2E80...0x303E,
    0x1100...0x115F, 0x2329...0x232A, 0xA960...0xA97C, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B,
    0xFFE0...0xFFE6, 0x16FE0...0x18D08, 0x1AFF0...0x1B2FB, 0x1D300...0x1D376, 0x1F200...0x1F265,
    0x20000...0x3FFFD,
  ]
}
