/// Finds events in the bytes of a stream, however they are cut into pieces (WHATWG HTML, 9.2.6). The type is pure.
public struct SSEParser: Sendable {
  /// The id of the last event that had one. A client that lost the connection goes on after it.
  public private(set) var lastEventID: String?
  /// The milliseconds to wait before connecting again, from the last `retry` line.
  public private(set) var retry: Int?

  private let maximumEventBytes: Int
  private var line: [UInt8] = []
  private var data: [UInt8]?
  private var name: String?
  private var size = 0
  private var skipsLineFeed = false
  private var isAtStart = true

  /// An event has more bytes than allowed.
  public struct Oversized: Error, Hashable {
    /// The most bytes that an event may have.
    public let limit: Int
  }

  /// - Parameter maximumEventBytes: The most bytes of one event; a larger one makes ``push(_:)`` throw.
  public init(maximumEventBytes: Int = .max) {
    self.maximumEventBytes = maximumEventBytes
  }

  /// Takes the next piece and gives the events that it completes.
  ///
  /// An event without a `data` line is not given, but its id counts. One with an empty `data` line is given: servers
  /// send it to tell its id.
  ///
  /// - Throws: ``Oversized`` for an event with more bytes than allowed.
  public mutating func push(_ bytes: some Sequence<UInt8>) throws(Oversized) -> [SSEEvent] {
    var events: [SSEEvent] = []
    for byte in bytes {
      if skipsLineFeed {
        skipsLineFeed = false
        if byte == UInt8(ascii: "\n") { continue }
      }
      switch byte {
      case UInt8(ascii: "\r"), UInt8(ascii: "\n"):
        skipsLineFeed = byte == UInt8(ascii: "\r")
        if let event = endLine() { events.append(event) }
      default:
        line.append(byte)
        size += 1
        if size > maximumEventBytes { throw Oversized(limit: maximumEventBytes) }
      }
    }
    return events
  }

  private mutating func endLine() -> SSEEvent? {
    defer { line.removeAll(keepingCapacity: true) }
    if isAtStart {
      isAtStart = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    }
    guard !line.isEmpty else { return dispatch() }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = colon == line.endIndex ? [] : line[(colon + 1)...]
    if value.first == UInt8(ascii: " ") { value.removeFirst() }
    switch String(decoding: line[..<colon], as: UTF8.self) {
    case "data":
      // The text grows in place: a copy for each line would take a server's event of many lines for ever.
      if data == nil { data = [] } else { data?.append(UInt8(ascii: "\n")) }
      data?.append(contentsOf: value)
    case "event":
      name = String(decoding: value, as: UTF8.self)
    case "id" where !value.contains(0):
      lastEventID = String(decoding: value, as: UTF8.self)
    case "retry" where value.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }:
      retry = Int(String(decoding: value, as: UTF8.self)) ?? retry
    default: break
    }
    return nil
  }

  private mutating func dispatch() -> SSEEvent? {
    defer {
      data = nil
      name = nil
      size = 0
    }
    guard let data else { return nil }
    return SSEEvent(
      id: lastEventID, name: name.flatMap { $0.isEmpty ? nil : $0 },
      data: String(decoding: data, as: UTF8.self))
  }
}

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
