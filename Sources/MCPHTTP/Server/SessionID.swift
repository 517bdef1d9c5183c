/// The names of sessions (Transports, Session Management).
enum SessionID {
  /// A new one that cannot be guessed: 256 bits of the system's generator, which is cryptographically secure.
  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let text = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }.joined()
  }

  /// Whether a proposed one will do: long enough that nobody guesses it, and of characters that need no escaping.
  static func isAcceptable(_ text: String) -> Bool {
    (32...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
