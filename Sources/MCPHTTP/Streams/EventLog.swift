internal import DequeModule
internal import MCP

/// What was sent on one stream, kept so that a client that lost the connection can go on where it was. Pure.
struct EventLog: Sendable {
  struct Event: Sendable, Hashable {
    /// Counted from 1 on each stream.
    let number: Int
    let message: [UInt8]
    /// Set for the answer to a request.
    let answer: Answer?
  }

  struct Answer: Sendable, Hashable {
    let error: RPCError?
  }

  private(set) var lastNumber = 0
  private(set) var byteCount = 0
  private var events: Deque<Event> = []
  private let limit: Int

  /// - Parameter limit: Bytes of messages beyond which the oldest are forgotten.
  init(limit: Int) {
    self.limit = limit
  }

  /// - Parameter isNeeded: Whether an event must not be forgotten, by its number. The newest never is.
  mutating func append(_ message: [UInt8], answer: Answer?, isNeeded: (Int) -> Bool) {
    lastNumber += 1
    events.append(Event(number: lastNumber, message: message, answer: answer))
    byteCount += message.count
    while byteCount > limit, events.count > 1, let oldest = events.first, !isNeeded(oldest.number) {
      events.removeFirst()
      byteCount -= oldest.message.count
    }
  }

  /// What came after an event; less than that if it has been forgotten.
  func events(after number: Int) -> [Event] {
    guard number < lastNumber, let first = events.first else { return [] }
    return Array(events.dropFirst(max(0, number + 1 - first.number)))
  }

  /// The bytes of what came after an event.
  func bytes(after number: Int) -> Int {
    events(after: number).reduce(0) { $0 + $1.message.count }
  }
}
