import TerminalText

/// A terminal's answer to the question for its background (OSC 11), such as `11;rgb:ffff/ffff/dddd`.
struct BackgroundAnswer {
  let colour: TextLook.Colour

  /// True when a message can still become such an answer. A longer one is something else.
  static func isBegun(by body: [UInt8]) -> Bool {
    body.starts(with: "11;".utf8) && body.count < 40
  }

  /// - Parameter body: the message between its introducer and its end.
  init?(_ body: [UInt8]) {
    let text = String(decoding: body, as: UTF8.self)
    guard text.hasPrefix("11;rgb:") || text.hasPrefix("11;rgba:") else { return nil }
    let parts = text.drop { $0 != ":" }.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    let bytes = parts.prefix(3).compactMap(Self.byte)
    guard bytes.count == 3 else { return nil }
    colour = .rgb(red: bytes[0], green: bytes[1], blue: bytes[2])
  }

  /// Reads one to four digits, as X11 scales them.
  private static func byte(_ digits: Substring) -> UInt8? {
    guard (1...4).contains(digits.count), let value = Int(digits, radix: 16), value >= 0 else { return nil }
    return UInt8(value * 255 / ((1 << (4 * digits.count)) - 1))
  }
}
