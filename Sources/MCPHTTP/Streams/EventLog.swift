internal import DequeModule
internal import MCP

/// The messages that were sent on one stream. The type is pure.
///
/// They are kept so that a client that lost the connection can go on where it was.
struct EventLog: Sendable {
  struct Event: Sendable, Hashable {
    /// The event's number, counted from 1 on each stream.
    let number: Int
    let message: [UInt8]
    /// The kind of answer when the event answers a request; nil for other messages.
    let answer: Answer?
  }

  struct Answer: Sendable, Hashable {
    let error: RPCError?
    /// The revision that the answer to `initialize` agrees on.
    var revision: Revision?
  }

  private(set) var lastNumber = 0
  private(set) var byteCount = 0
  private var events: Deque<Event> = []
  private let limit: Int

  /// - Parameter limit: The bytes of messages beyond which the oldest are forgotten.
  init(limit: Int) {
    self.limit = limit
  }

  /// Adds a message, and forgets the oldest ones while there are too many bytes. The newest is never forgotten.
  ///
  /// - Parameter isNeeded: True for the number of an event that must not be forgotten.
  mutating func append(_ message: [UInt8], answer: Answer?, isNeeded: (Int) -> Bool) {
    lastNumber += 1
    events.append(Event(number: lastNumber, message: message, answer: answer))
    byteCount += message.count
    while byteCount > limit, events.count > 1, let oldest = events.first, !isNeeded(oldest.number) {
      events.removeFirst()
      byteCount -= oldest.message.count
    }
  }

  /// The events that came after another one, without those that have been forgotten.
  func events(after number: Int) -> [Event] {
    guard number < lastNumber, let first = events.first else { return [] }
    return Array(events.dropFirst(max(0, number + 1 - first.number)))
  }

  /// The number of bytes in the messages that came after an event.
  func bytes(after number: Int) -> Int {
    events(after: number).reduce(0) { $0 + $1.message.count }
  }
}

/// The id of an event on the wire: its stream within the session, and its number there.
///
/// The number 0 stands for the beginning of the stream.
struct EventID: Sendable, Hashable {
  let stream: Int
  let number: Int

  init(stream: Int, number: Int) {
    self.stream = stream
    self.number = number
  }

  /// Reads a text that ``text`` gave; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let stream = Int(parts[0]), let number = Int(parts[1]), stream >= 0, number >= 0,
      text == "\(stream)-\(number)"
    else { return nil }
    self.init(stream: stream, number: number)
  }

  var text: String { "\(stream)-\(number)" }
}
