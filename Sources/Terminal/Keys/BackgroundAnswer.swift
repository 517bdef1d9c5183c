import TerminalText

extension TextLook.Colour {
  /// Reads a terminal's answer to the question for its background (OSC 11), such as `11;rgb:ffff/ffff/dddd`.
  ///
  /// - Parameter message: the message between its introducer and its end.
  init?(backgroundAnswer message: [UInt8]) {
    let text = String(decoding: message, as: UTF8.self)
    guard text.hasPrefix("11;rgb:") || text.hasPrefix("11;rgba:") else { return nil }
    let parts = text.drop { $0 != ":" }.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    let bytes = parts.prefix(3).compactMap(Self.byte)
    guard bytes.count == 3 else { return nil }
    self = .rgb(red: bytes[0], green: bytes[1], blue: bytes[2])
  }

  /// Reads one to four digits, as X11 scales them.
  private static func byte(_ digits: Substring) -> UInt8? {
    guard (1...4).contains(digits.count), let value = Int(digits, radix: 16), value >= 0 else { return nil }
    return UInt8(value * 255 / ((1 << (4 * digits.count)) - 1))
  }
}
