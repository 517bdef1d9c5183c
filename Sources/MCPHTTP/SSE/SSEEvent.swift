/// One event of a stream of server-sent events (WHATWG HTML, 9.2).
public struct SSEEvent: Sendable, Hashable {
  /// The name by which a client that lost the connection goes on after this event.
  public var id: String?
  /// The type of the event; nil for the default, `message`.
  public var name: String?
  /// The text that the event carries.
  public var data: String
  /// The milliseconds that the client is to wait before it connects again.
  public var retry: Int?

  public init(id: String? = nil, name: String? = nil, data: String = "", retry: Int? = nil) {
    self.id = id
    self.name = name
    self.data = data
    self.retry = retry
  }

  /// The event as it stands in a stream. Line breaks in `data` become lines of their own.
  public var encoded: [UInt8] {
    var text = ""
    if let name { text += "event: \(name)\n" }
    if let id { text += "id: \(id)\n" }
    if let retry { text += "retry: \(retry)\n" }
    for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isSSELineBreak) {
      text += "data: \(line)\n"
    }
    return Array((text + "\n").utf8)
  }

  /// A line that clients skip: it keeps proxies from closing a quiet connection.
  public static let keepAlive = Array(": keep-alive\n\n".utf8)
}

extension Character {
  fileprivate var isSSELineBreak: Bool { self == "\n" || self == "\r" || self == "\r\n" }
}
