internal import MCP
internal import TerminalText
internal import Traffic

/// One message, opened.
struct MessageView: Layer {
  enum Face: String, Sendable, CaseIterable {
    case pretty, raw, exchange
  }

  /// The drawn part of a message is at most this long; all of it can be copied.
  private static let maximumBytes = 1 << 20

  private let number: Int
  private let face: Face
  private let lines: FixedLines
  private var text: ReadText

  let coversPanes = true

  private init(_ entry: Entry, in log: TrafficLog, face: Face, finder: Finder?) {
    number = entry.number
    self.face = face
    lines = FixedLines(lines: Self.lines(entry, in: log, face).flatMap { $0.wrapped(to: 4096) })
    text = ReadText(finder: finder)
  }

  /// The selected message, opened; nil when there is none. The list stays on it when others come.
  init?(_ face: Face, finder: Finder? = nil, in app: inout App) {
    guard let entry = app.traffic.current else { return nil }
    app.traffic.select(entry.number, rows: app.size(of: .traffic).rows)
    self.init(entry, in: app.traffic.log, face: face, finder: finder)
  }

  func level(_ focus: Focus) -> LayerLevel { .message }

  func contexts(in app: App) -> [KeyContext] { [.message, .anywhere] }

  mutating func handle(_ event: LayerEvent, in app: inout App) -> Outcome {
    switch event {
    case .command(.dismiss): app.layers.close(MessageView.self)
    case .command(.nextMessage): step(by: 1, in: &app)
    case .command(.previousMessage): step(by: -1, in: &app)
    case .command(.nextView):
      let index = Face.allCases.firstIndex(of: face) ?? 0
      turn(to: Face.allCases[(index + 1) % Face.allCases.count], in: &app)
    case .command, .text, .mouse, .find: return text.handle(event, lines, in: &app)
    }
    return .taken()
  }

  /// Shows the selected message in a form.
  private mutating func turn(to face: Face, in app: inout App) {
    if let view = MessageView(face, finder: text.finder, in: &app) { self = view }
  }

  private mutating func step(by step: Int, in app: inout App) {
    guard let entry = app.traffic.current else { return }
    let position = app.traffic.list.position(of: entry.number) + step
    guard let number = app.traffic.list[position] else {
      app.say(step > 0 ? "This is the newest message." : "This is the oldest message.")
      return
    }
    app.traffic.select(number, rows: app.size(of: .traffic).rows)
    turn(to: face, in: &app)
  }

  func draw(on canvas: inout Canvas, in app: App) {
    text.draw(lines, title: title(in: app), on: &canvas, in: app)
  }

  func place(in app: App) -> String? { text.viewport.place(in: lines, size: app.coverSize) }

  private func title(in app: App) -> Line {
    let faces = Face.allCases.map { Span(" \($0.rawValue) ", $0 == face ? .tabActive : .tab) }
    guard let entry = app.traffic.log[number] else { return [Span(" Message (dropped) ", .heading)] + faces }
    let kind = entry.isBatch ? "batch" : entry.kind.rawValue
    let words = [kind, entry.method, entry.subject].compactMap(\.self).map { VisibleText.of($0) }
    let id = entry.id.map { " id " + VisibleText.of($0.description) } ?? ""
    let arrow = entry.direction == .sent ? "→" : "←"
    let title =
      " \(entry.number + 1) \(arrow) \(words.joined(separator: " "))\(id), \(Numbers.bytes(entry.size)) "
    return [Span(title, .heading)].beside(faces, columns: app.layout.panes.columns)
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
