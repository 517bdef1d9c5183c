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

  /// The text with newlines as `
  /// `, and without other control characters but tabs.
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
