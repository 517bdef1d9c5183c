internal import MCP
internal import TerminalText
internal import Traffic

/// One message, opened.
struct MessageView: Sendable {
  enum Face: String, Sendable, CaseIterable {
    case pretty, raw, exchange
  }

  /// The drawn part of a message is at most this long; all of it can be copied.
  private static let maximumBytes = 1 << 20

  let number: Int
  private(set) var face: Face
  private(set) var lines: FixedLines
  var viewport = Viewport(atStart: true)
  var finder: Finder?
  var found: Int?

  init(_ entry: Entry, in log: TrafficLog, face: Face) {
    number = entry.number
    self.face = face
    lines = FixedLines(lines: Self.lines(entry, in: log, face).flatMap { $0.wrapped(to: 4096) })
  }

  private static func lines(_ entry: Entry, in log: TrafficLog, _ face: Face) -> [Line] {
    switch face {
    case .pretty: pretty(entry)
    case .raw: raw(entry)
    case .exchange: exchange(entry, in: log)
    }
  }

  private static func pretty(_ entry: Entry) -> [Line] {
    let note = entry.problem.map { [[Span(VisibleText.of($0), .invalid)], []] } ?? [] as [Line]
    guard entry.size <= maximumBytes, let json = try? JSON(parsing: entry.bytes) else {
      return note + raw(entry)
    }
    return note + JSONHighlighter.lines(of: json)
  }

  private static func raw(_ entry: Entry) -> [Line] {
    let text = String(decoding: entry.bytes.prefix(maximumBytes), as: UTF8.self)
    let lines = VisibleText.lines(of: text).map { [Span($0)] }
    guard entry.size > maximumBytes else { return lines }
    return lines + [[Span("… \(Numbers.bytes(entry.size - maximumBytes)) more", .notice)]]
  }

  private static func exchange(_ entry: Entry, in log: TrafficLog) -> [Line] {
    guard let exchange = log.exchange(of: entry) else {
      return [[Span("This message belongs to no exchange.", .notice)]]
    }
    let way = exchange.direction == .sent ? "client to server" : "server to client"
    let latency = exchange.latency.map { ", \(Numbers.duration($0))" } ?? ""
    var lines: [Line] = [
      [
        Span("Exchange ", .heading), Span(VisibleText.of("\(exchange.id)"), .jsonNumber),
        Span(" \(way), \(exchange.state.rawValue)\(latency)"),
      ]
    ]
    if let http = exchange.http {
      if let status = http.status {
        lines.append([Span("HTTP status ", .heading), Span("\(status)", .jsonNumber)])
      }
      lines +=
        headers("Request headers", http.requestHeaders) + headers("Response headers", http.responseHeaders)
    }
    lines += part("Request", exchange.request, in: log)
    if let response = exchange.response { lines += part("Response", response, in: log) }
    return lines
  }

  private static func headers(_ title: String, _ headers: [HTTPDetails.Header]) -> [Line] {
    guard !headers.isEmpty else { return [] }
    return [[], [Span(title, .heading)]]
      + headers.map { [Span(VisibleText.of($0.name), .jsonKey), Span(": " + VisibleText.of($0.value))] }
  }

  private static func part(_ title: String, _ number: Int, in log: TrafficLog) -> [Line] {
    let lines = log[number].map(pretty) ?? [[Span("(dropped)", .dim)]]
    return [[], [Span(title, .heading)]] + lines
  }
}
