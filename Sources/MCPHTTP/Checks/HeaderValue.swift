internal import SystemSupport

/// The way in which 2026-07-28 writes any text into a header (Streamable HTTP, Value Encoding).
///
/// A text that is safe stands there unchanged; any other stands in base64 between marks. The type is pure.
enum HeaderValue {
  private static let prefix = "=?base64?"
  private static let suffix = "?="

  static func encode(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && text.first != " " && text.last != " "
    return isPlain && !isMarked(text) ? text : prefix + Data(text.utf8).base64EncodedString() + suffix
  }

  /// Reads a header's value. It is nil for marks around anything that ``encode(_:)`` would not give.
  static func decode(_ value: String) -> String? {
    guard isMarked(value) else { return value }
    let payload = String(value.dropFirst(prefix.count).dropLast(suffix.count))
    guard let data = Data(base64Encoded: payload), data.base64EncodedString() == payload else { return nil }
    return String(validating: data, as: UTF8.self)
  }

  private static func isMarked(_ text: String) -> Bool {
    text.utf8.count >= prefix.utf8.count + suffix.utf8.count && text.hasPrefix(prefix)
      && text.hasSuffix(suffix)
  }
}
