internal import MCP
internal import SystemSupport

/// Pairs requests with responses as they pass by.
struct ExchangeBook: Sendable {
  private struct Key: Hashable {
    var direction: Direction
    var id: RequestID
  }

  private var exchanges = Ring<Exchange>()
  /// The exchanges that wait for a response. If two requests have one id, the later one gets the response.
  private var open: [Key: Int] = [:]

  subscript(number: Int) -> Exchange? { exchanges[number] }

  /// Takes a message's outline.
  ///
  /// - Returns: The item to keep, and the older entries of the exchange that it changed.
  mutating func take(
    _ outline: Outline, entry: Int, direction: Direction, time: Date
  ) -> (item: Entry.Item, touched: [Int]) {
    var item = Entry.Item(
      kind: outline.kind, id: outline.id, method: outline.method, subject: outline.subject, body: outline.body
    )
    switch (outline.kind, outline.id) {
    case (.request, let id?):
      item.exchange = begin(id, outline, entry: entry, direction: direction, time: time)
      return (item, [])
    case (.response, let id?), (.error, let id?):
      let key = Key(direction: direction.opposite, id: id)
      guard let number = open.removeValue(forKey: key), let exchange = exchanges[number] else {
        item.isOrphan = true
        return (item, [])
      }
      item.exchange = number
      item.method = exchange.method
      item.subject = exchange.subject
      exchanges[number]?.response = entry
      exchanges[number]?.end = time
      if exchange.state == .pending {
        exchanges[number]?.state = outline.kind == .error || outline.isToolError ? .error : .done
      }
      return (item, [exchange.request, exchange.cancellation].compactMap(\.self))
    case (.notification, _):
      guard let id = outline.cancels, let number = open[Key(direction: direction, id: id)] else {
        return (item, [])
      }
      item.exchange = number
      item.id = id
      exchanges[number]?.state = .cancelled
      exchanges[number]?.cancellation = entry
      return (item, [exchanges[number]?.request].compactMap(\.self))
    case (.request, nil), (.response, nil), (.error, nil), (.invalid, _):
      return (item, [])
    }
  }

  private mutating func begin(
    _ id: RequestID, _ outline: Outline, entry: Int, direction: Direction, time: Date
  ) -> Int {
    let number = exchanges.endIndex
    exchanges.append(
      Exchange(
        number: number, id: id, method: outline.method ?? "", subject: outline.subject, direction: direction,
        request: entry, start: time))
    open[Key(direction: direction, id: id)] = number
    return number
  }

  mutating func attach(_ http: HTTPDetails, toRequest id: RequestID, sent direction: Direction) {
    guard let number = open[Key(direction: direction, id: id)] else { return }
    exchanges[number]?.http = http
  }

  /// Forgets the exchanges that have nothing in this entry or a later one.
  mutating func drop(before entry: Int) {
    while let first = exchanges.first, first.lastEntry < entry {
      exchanges.removeFirst()
      let key = Key(direction: first.direction, id: first.id)
      if open[key] == first.number { open[key] = nil }
    }
  }
}

extension Direction {
  var opposite: Direction { self == .sent ? .received : .sent }
}
