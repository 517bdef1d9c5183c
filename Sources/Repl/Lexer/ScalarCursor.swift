/// A position that moves over the Unicode scalars of one line.
///
/// It counts scalars, not characters: `\r
/// ` is one character, and a quote before a combining mark is still a quote.
struct ScalarCursor {
  private let scalars: Substring.UnicodeScalarView
  private(set) var index: String.Index

  init(_ text: Substring) {
    scalars = text.unicodeScalars
    index = scalars.startIndex
  }

  var isAtEnd: Bool { index == scalars.endIndex }

  var current: Unicode.Scalar? { isAtEnd ? nil : scalars[index] }

  /// True at a line terminator or at the end of the text.
  var isAtLineEnd: Bool { current.map { $0 == "\n" || $0 == "\r" } ?? true }

  func peek(_ distance: Int) -> Unicode.Scalar? {
    guard let target = scalars.index(index, offsetBy: distance, limitedBy: scalars.endIndex),
      target != scalars.endIndex
    else { return nil }
    return scalars[target]
  }

  func starts(with text: String) -> Bool {
    scalars[index...].starts(with: text.unicodeScalars)
  }

  mutating func advance(by distance: Int = 1) {
    index = scalars.index(index, offsetBy: distance, limitedBy: scalars.endIndex) ?? scalars.endIndex
  }

  mutating func skip(while predicate: (Unicode.Scalar) -> Bool) {
    while let current, predicate(current) { advance() }
  }

  mutating func skipTerminator() {
    if current == "\r" { advance() }
    if current == "\n" { advance() }
  }

  func text(from start: String.Index) -> Substring {
    Substring(scalars[start..<index])
  }
}
