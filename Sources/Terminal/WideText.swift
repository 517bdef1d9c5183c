/// Text as libedit's wide characters.
enum WideText {
  /// The text's scalars with a zero at the end; zeros within are left out.
  static func scalars(_ text: String) -> [UInt32] {
    text.unicodeScalars.lazy.map(\.value).filter { $0 != 0 } + [0]
  }

  static func string(_ scalars: UnsafeBufferPointer<UInt32>) -> String {
    var view = String.UnicodeScalarView()
    for value in scalars { view.append(Unicode.Scalar(value) ?? "\u{fffd}") }
    return String(view)
  }
}
