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
