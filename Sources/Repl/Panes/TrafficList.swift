internal import MCP
internal import SystemSupport
internal import TerminalText
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

  /// The selected message's place, the number of messages, and the filter, in words.
  var place: String {
    let position = current.map { list.position(of: $0.number) + 1 } ?? 0
    let total = list.filter.isEmpty ? "" : " of \(Numbers.grouped(log.count))"
    let dropped = log.droppedCount > 0 ? ", \(Numbers.grouped(log.droppedCount)) dropped" : ""
    let filter = list.filter.isEmpty ? "" : ", " + VisibleText.of(list.filter.source)
    return "\(Numbers.grouped(position))/\(Numbers.grouped(list.count))\(total)\(dropped)\(filter)"
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

/// One message as a row of the list.
struct TrafficRow {
  let entry: Entry
  let log: TrafficLog
  let secondsFromGMT: Int

  func line(columns: Int, isSelected: Bool, finder: Finder?) -> Line {
    let isNarrow = columns < 72
    let nameColumns = max(16, min(40, columns * 3 / 8))
    var line: Line = [
      Span(log.isMarked(entry.number) ? "●" : " ", .warning),
      Span(Clock.text(entry.time, secondsFromGMT: secondsFromGMT, hasMilliseconds: !isNarrow) + " ", .dim),
      Span(entry.direction == .sent ? "→ " : "← ", entry.direction == .sent ? .sent : .received),
    ]
    line += [Span(VisibleText.of(entry.id?.description ?? ""), .jsonNumber)].fitted(to: 5) + [Span(" ")]
    line += name.fitted(to: nameColumns)
    line += [Span(" " + Self.right(Numbers.bytes(entry.size), 6) + " ", .dim)] + state
    line += [Span(" " + VisibleText.of(entry.summary(limit: max(0, columns))), .dim)]
    if let finder { line = finder.marking(line) }
    line = line.fitted(to: columns)
    return isSelected ? line.selected : line
  }

  private var name: Line {
    if entry.isBatch { return [Span("batch of \(entry.items.count)")] }
    let subject = entry.subject.map { " " + VisibleText.of($0) } ?? ""
    let method = VisibleText.of(entry.method ?? "")
    switch entry.kind {
    case .invalid: return [Span("invalid", .invalid)]
    case .request: return [Span(method, .keyword), Span(subject, .name)]
    case .notification: return [Span(method), Span(subject, .name)]
    case .response:
      return [Span(entry.items.first?.isOrphan == true ? "response to no request" : method + subject, .dim)]
    case .error: return [Span("error " + method + subject, .errorText)]
    }
  }

  /// The latency, or the state of an exchange without one; nine cells.
  private var state: Line {
    guard let exchange = log.exchange(of: entry) else { return [Span(String(repeating: " ", count: 9))] }
    let latency = exchange.latency.map { Numbers.duration($0) } ?? ""
    switch exchange.state {
    case .pending: return [Span(Self.right("pending", 9), .warning)]
    case .done: return [Span(Self.right(latency, 9), .timing)]
    case .error: return [Span(Self.right("error", 9), .errorText)]
    case .cancelled: return [Span(Self.right("cancelled", 9), .warning)]
    }
  }

  private static func right(_ text: String, _ cells: Int) -> String {
    String(repeating: " ", count: max(0, cells - text.count)) + text
  }
}

enum Clock {
  /// Writes a time such as `15:45:01.123`.
  static func text(_ time: Date, secondsFromGMT: Int, hasMilliseconds: Bool) -> String {
    let total = Int((time.timeIntervalSince1970 * 1000).rounded(.down)) + secondsFromGMT * 1000
    let milliseconds = ((total % 86_400_000) + 86_400_000) % 86_400_000
    let seconds = milliseconds / 1000
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    return hasMilliseconds ? clock + "." + padded(milliseconds % 1000, 3) : clock
  }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
