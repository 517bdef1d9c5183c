public import MCP
public import SystemSupport

/// The messages on the wire, the newest last, bounded in number and in bytes: the oldest are dropped.
public struct TrafficLog: Sendable {
  /// The limits of a log. The newest entry is kept whatever its size.
  public struct Limits: Sendable, Hashable {
    public var entries: Int
    public var bytes: Int

    public init(entries: Int = 10_000, bytes: Int = 64 << 20) {
      self.entries = entries
      self.bytes = bytes
    }
  }

  /// The changes that an append made.
  public struct Change: Sendable, Hashable {
    /// The new entry.
    public var entry: Int
    /// The older entries whose exchange has a new state.
    public var touched: [Int]
  }

  public let limits: Limits
  /// The bytes of all kept messages.
  public private(set) var byteCount = 0
  private var ring = Ring<Entry>()
  var exchanges = ExchangeBook()
  private var marks: Set<Int> = []

  public init(limits: Limits = Limits()) {
    self.limits = limits
  }

  /// The numbers of the kept entries.
  public var numbers: Range<Int> { ring.indices }
  public var count: Int { ring.count }
  /// The number of entries that were dropped since the last ``removeAll()``.
  public var droppedCount: Int { ring.droppedCount }

  /// The entry with this number; nil once it is dropped.
  public subscript(number: Int) -> Entry? { ring[number] }

  /// The exchange to which an entry belongs: as request, response or cancellation.
  public func exchange(of entry: Entry) -> Exchange? {
    entry.exchange.flatMap { exchanges[$0] }
  }

  public func exchange(_ number: Int) -> Exchange? { exchanges[number] }

  /// Takes a message as it went over the wire.
  @discardableResult
  public mutating func append(_ direction: Direction, _ bytes: [UInt8], at time: Date) -> Change {
    let number = ring.endIndex
    let (outlines, isBatch) = Outline.outlines(of: bytes)
    var touched: [Int] = []
    let items = outlines.map { outline in
      let (item, entries) = exchanges.take(outline, entry: number, direction: direction, time: time)
      touched += entries.filter { $0 != number }
      return item
    }
    ring.append(
      Entry(
        number: number, time: time, direction: direction, bytes: bytes,
        items: items.isEmpty ? [Entry.Item(kind: .invalid)] : items, isBatch: isBatch))
    byteCount += bytes.count
    while ring.count > 1, ring.count > limits.entries || byteCount > limits.bytes { dropFirst() }
    return Change(entry: number, touched: touched)
  }

  private mutating func dropFirst() {
    guard let entry = ring.removeFirst() else { return }
    byteCount -= entry.bytes.count
    marks.remove(entry.number)
    exchanges.drop(before: ring.startIndex)
  }

  /// Drops all entries; their numbers are not used again.
  public mutating func removeAll() {
    ring.removeAll()
    byteCount = 0
    marks = []
    exchanges.drop(before: ring.startIndex)
  }

  /// Adds HTTP details to the exchange of a request that went this way and has no response yet.
  public mutating func attach(_ http: HTTPDetails, toRequest id: RequestID, _ direction: Direction = .sent) {
    exchanges.attach(http, toRequest: id, sent: direction)
  }

  // MARK: Marks

  public func isMarked(_ number: Int) -> Bool { marks.contains(number) }

  /// Marks an entry, or takes its mark away.
  public mutating func toggleMark(_ number: Int) {
    guard numbers.contains(number) else { return }
    if marks.remove(number) == nil { marks.insert(number) }
  }
}
