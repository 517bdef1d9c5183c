internal import HTTPTypes
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

extension HTTPField.Name {
  static let mcpSessionID = known("Mcp-Session-Id")
  static let mcpProtocolVersion = known("MCP-Protocol-Version")
  static let mcpMethod = known("Mcp-Method")
  static let mcpName = known("Mcp-Name")
  static let lastEventID = known("Last-Event-ID")
  /// Tells nginx and its like to hand on each event at once.
  static let accelBuffering = known("X-Accel-Buffering")

  private static func known(_ name: String) -> Self {
    guard let name = Self(name) else { preconditionFailure("\(name) is not a header's name") }
    return name
  }

  /// The header that mirrors an argument whose schema has this `x-mcp-header` (2026-07-28). It is nil when no header
  /// can be called so.
  static func mcpParameter(_ name: String) -> Self? { name.isEmpty ? nil : Self("Mcp-Param-" + name) }
}

/// The media types that an `Accept` header allows (RFC 9110, 12.5.1). The type is pure.
struct MediaRanges: Sendable {
  private struct Range {
    let type: Substring
    let subtype: Substring
    let isRefused: Bool

    var specificity: Int { (type == "*" ? 0 : 1) + (subtype == "*" ? 0 : 1) }

    func covers(_ type: String, _ subtype: String) -> Bool {
      (self.type == "*" || self.type == type) && (self.subtype == "*" || self.subtype == subtype)
    }
  }

  private var ranges: [Range] = []

  init(_ header: String) {
    for range in header.split(separator: ",") {
      var parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }[...]
      let names = parts.popFirst()?.split(separator: "/", omittingEmptySubsequences: false) ?? []
      guard names.count == 2 else { continue }
      let isRefused = parts.contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0 }
      ranges.append(Range(type: names[0], subtype: names[1], isRefused: isRefused))
    }
  }

  /// True when a body of this type may be sent, such as `text` and `event-stream`. The most specific range decides.
  func allow(_ type: String, _ subtype: String) -> Bool {
    let covering = ranges.filter { $0.covers(type, subtype) }
    return covering.max { $0.specificity < $1.specificity }.map { !$0.isRefused } ?? false
  }

  /// True when a `Content-Type` header names JSON, with any parameters.
  static func isJSON(_ contentType: String) -> Bool {
    let name = contentType.split(separator: ";", omittingEmptySubsequences: false)[0]
    return name.filter { !$0.isWhitespace }.lowercased() == "application/json"
  }
}
