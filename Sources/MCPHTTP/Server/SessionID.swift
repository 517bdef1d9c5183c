/// The names of sessions (Transports, Session Management).
enum SessionID {
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
