internal import MCP
internal import SystemSupport
internal import Traffic

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
    return isSelected ? line.map { Span($0.text, Style($0.style.role, isReversed: true)) } : line
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
