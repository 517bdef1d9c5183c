/// The rules for the ids of sessions (Transports, Session Management).
enum SessionID {
  /// True for an id that nobody can guess, since it is long enough, and whose characters need no escaping.
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
