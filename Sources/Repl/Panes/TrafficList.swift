internal import MCP
internal import SystemSupport
internal import Traffic

/// The list of messages: the ones it shows, and the selected one.
struct TrafficList: Sendable {
  private(set) var log: TrafficLog
  private(set) var list = FilteredList()
  /// The entry that is selected; nil follows the newest.
  private(set) var selected: Int?
  /// The position of the entry in the first row.
  private var top = 0

  init(limits: TrafficLog.Limits = TrafficLog.Limits()) {
    log = TrafficLog(limits: limits)
  }

  var isFollowing: Bool { selected == nil }

  /// The entry that the keys of the list mean.
  var current: Entry? {
    if let selected, let number = list[min(list.position(of: selected), list.count - 1)] {
      return log[number]
    }
    return list[list.count - 1].flatMap { log[$0] }
  }

  mutating func append(_ direction: Direction, _ bytes: [UInt8], at time: Date) {
    let change = log.append(direction, bytes, at: time)
    list.follow(change, in: log)
  }

  mutating func apply(_ filter: Filter) { list.apply(filter, to: log) }

  mutating func removeAll() {
    log.removeAll()
    list.apply(list.filter, to: log)
    selected = nil
  }

  mutating func toggleMark() {
    guard let number = current?.number else { return }
    log.toggleMark(number)
    list.update(number, in: log)
  }

  mutating func attach(_ http: HTTPDetails, toRequest id: RequestID) { log.attach(http, toRequest: id) }

  mutating func follow() { selected = nil }

  mutating func select(_ number: Int, rows: Int) {
    move(to: list.position(of: number), rows: rows)
  }

  /// Moves the selection; below the last entry it follows the newest.
  mutating func move(by step: Int, rows: Int) {
    guard list.count > 0 else { return }
    let position = selected.map { min(list.position(of: $0), list.count - 1) } ?? list.count - 1
    if position + step >= list.count {
      selected = nil
    } else {
      move(to: max(0, position + step), rows: rows)
    }
  }

  mutating func moveToStart(rows: Int) { move(to: 0, rows: rows) }

  /// Selects the next entry that meets a condition; after the last one comes the first.
  mutating func selectNext(rows: Int, where condition: (Entry) -> Bool) -> Bool {
    guard list.count > 0 else { return false }
    let position = current.map { list.position(of: $0.number) } ?? 0
    for step in 1...list.count {
      let next = (position + step) % list.count
      guard let entry = list[next].flatMap({ log[$0] }), condition(entry) else { continue }
      move(to: next, rows: rows)
      return true
    }
    return false
  }

  /// Selects the nearest earlier entry that meets a condition.
  mutating func selectPrevious(rows: Int, where condition: (Entry) -> Bool) -> Bool {
    guard list.count > 0 else { return false }
    let position = current.map { list.position(of: $0.number) } ?? 0
    for step in 1...list.count {
      let next = (position - step + list.count) % list.count
      guard let entry = list[next].flatMap({ log[$0] }), condition(entry) else { continue }
      move(to: next, rows: rows)
      return true
    }
    return false
  }

  private mutating func move(to position: Int, rows: Int) {
    var first = window(rows: rows).lowerBound
    if position < first { first = position }
    if position >= first + rows { first = position - rows + 1 }
    selected = list[position]
    top = list[first] ?? 0
  }

  /// The visible positions in the list.
  func window(rows: Int) -> Range<Int> {
    let count = list.count
    let last = max(0, count - rows)
    guard let selected else { return last..<count }
    let position = min(list.position(of: selected), max(0, count - 1))
    var first = min(list.position(of: top), last)
    if position < first { first = position }
    if position >= first + rows { first = position - rows + 1 }
    return first..<min(count, first + max(0, rows))
  }
}
