internal import MCP
internal import TerminalText
internal import Traffic

/// The panes: the console, the streams, and the list of messages.
struct PanesLayer: Layer {
  let coversPanes = true

  func level(_ focus: Focus) -> LayerLevel { .panes }

  func contexts(in app: App) -> [KeyContext] {
    switch app.focus {
    case .pane(.traffic): [.traffic, .panes, .anywhere]
    case .pane(.console): [.console, .panes, .anywhere]
    case .pane, .prompt: [.panes, .anywhere]
    }
  }

  func handle(_ event: LayerEvent, in app: inout App) -> Outcome {
    let pane = app.activePane
    let page = max(1, app.size(of: pane).rows - 1)
    switch event {
    case .command(.toggleFocus): if app.focus == .prompt { app.open(pane) } else { app.focusPrompt() }
    case .command(.focusPrompt): app.focusPrompt()
    case .command(.nextPane): app.openNextPane()
    case .command(.zoom): app.zoomed = app.zoomed == nil ? pane : nil
    case .command(.showConsole): app.show(.console)
    case .command(.showStdout): app.show(.standardOutput)
    case .command(.showStderr): app.show(.standardError)
    case .command(.showServer): app.show(.server)
    case .command(.showTraffic): app.show(.traffic)
    case .command(.openConsole): app.open(.console)
    case .command(.openStdout): app.open(.standardOutput)
    case .command(.openStderr): app.open(.standardError)
    case .command(.openServer): app.open(.server)
    case .command(.openTraffic): app.open(.traffic)

    case .command(.lineUp) where app.focus == .pane(.console): app.moveCursor(by: -1)
    case .command(.lineDown) where app.focus == .pane(.console): app.moveCursor(by: 1)
    case .command(.toggleFold): app.toggleFold()
    case .command(.nextFold): app.moveToFold(forwards: true)
    case .command(.previousFold): app.moveToFold(forwards: false)

    case .command(.pageUp): app.scroll(pane, by: -page)
    case .command(.pageDown): app.scroll(pane, by: page)
    case .command(.lineUp): app.scroll(pane, by: -1)
    case .command(.lineDown): app.scroll(pane, by: 1)
    case .command(.toStart): app.scrollToStart(of: pane)
    case .command(.toEnd): app.scrollToEnd(of: pane)
    case .command(.nextMatch): app.findNext(in: pane, forwards: true)
    case .command(.previousMatch): app.findNext(in: pane, forwards: false)
    case .find(let finder): app.find(finder, in: pane)

    case .command(.openMessage):
      if let view = MessageView(.pretty, in: &app) { app.layers.open(view) }
    case .command(.editFilter):
      return .taken(app.beginCommand(.filter, argument: app.traffic.list.filter.source))
    case .command(.follow): app.traffic.follow()
    case .command(.mark): app.traffic.toggleMark()
    case .command(.nextMark): app.selectNextMark()
    case .command(.copyMessage): return .taken(app.traffic.current.map { app.copied($0.text) } ?? [])
    case .command(.resend): return .taken(app.resend())
    case .command(.editAndSend): return .taken(app.editAndSend())
    case .command(.saveTraffic): return .taken(app.beginCommand(.save, argument: "traffic.jsonl"))

    case .mouse(let mouse, let position): return point(mouse, at: position, in: &app)
    case .text(let key): app.tellNothing(of: key)
    case .command: return .left
    }
    return .taken()
  }

  /// Answers the mouse: the wheel scrolls the pane under it, a press moves the focus there.
  private func point(_ mouse: Key.Mouse, at position: Position, in app: inout App) -> Outcome {
    guard let area = app.layout.area(at: position) else { return .left }
    switch mouse {
    case .wheelUp: app.scroll(area.shown, by: -3)
    case .wheelDown: app.scroll(area.shown, by: 3)
    case .press:
      if area.header.contains(position), let pane = Self.tab(of: area, at: position, in: app) {
        app.show(pane)
      } else if area.shown == .traffic, area.body.contains(position) {
        app.selectMessage(at: position, in: area)
        app.focus = .pane(.traffic)
      } else {
        app.focus = .pane(area.shown)
        if area.shown == .console { app.pressInConsole(at: position, in: area) }
      }
    case .release: break
    }
    return .taken()
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in app: App) {
    for area in app.layout.areas { Self.draw(area, on: &canvas, in: app) }
    for divider in app.layout.dividers {
      canvas.put(Array(repeating: [Span("│", .border)], count: divider.rows), in: divider)
    }
  }

  private static func draw(_ area: Layout.Area, on canvas: inout Canvas, in app: App) {
    let role: Style.Role = app.focus == .pane(area.shown) ? .borderFocused : .border
    let tabs = tabs(of: area, in: app).map(\.1)
    let rest = area.header.columns - tabs.width
    canvas.put([tabs + [Span(String(repeating: "─", count: max(0, rest)), role)]], in: area.header)
    canvas.put(
      area.shown == .traffic ? messages(area.body, in: app) : text(area.shown, area.body, in: app),
      in: area.body)
  }

  /// The names of an area's panes, each with its number. A star marks a pane with something new.
  private static func tabs(of area: Layout.Area, in app: App) -> [(Pane, Span)] {
    area.panes.map { pane in
      let number = (Pane.allCases.firstIndex(of: pane) ?? 0) + 1
      let mark = app.hasNews(pane) ? "*" : " "
      let zoom = app.zoomed == pane ? "(zoomed) " : ""
      return (pane, Span(" \(number) \(pane.title)\(mark)\(zoom)", pane == area.shown ? .tabActive : .tab))
    }
  }

  /// The pane whose tab is at a position.
  private static func tab(of area: Layout.Area, at position: Position, in app: App) -> Pane? {
    var column = area.header.column
    for (pane, span) in tabs(of: area, in: app) {
      if (column..<column + span.width).contains(position.column) { return pane }
      column += span.width
    }
    return nil
  }

  private static func text(_ pane: Pane, _ rect: Rect, in app: App) -> [Line] {
    guard let source = app.source(of: pane) else { return [] }
    let view = app.views[pane, default: TextView()]
    let rows = view.viewport.rows(of: source, size: rect.size, finder: view.finder)
    guard pane == .console, app.focus == .pane(.console) else { return rows.map(\.spans) }
    let cursor = app.shownCursor
    return rows.map { $0.line == cursor ? $0.spans.fitted(to: rect.columns).selected : $0.spans }
  }

  private static func messages(_ rect: Rect, in app: App) -> [Line] {
    let traffic = app.traffic
    let isSelected = app.focus == .pane(.traffic) || !traffic.isFollowing
    let selected = isSelected ? traffic.current?.number : nil
    return traffic.window(rows: rect.rows).compactMap { position in
      guard let entry = traffic.list[position].flatMap({ traffic.log[$0] }) else { return nil }
      return TrafficRow(entry: entry, log: traffic.log, secondsFromGMT: app.options.secondsFromGMT)
        .line(
          columns: rect.columns, isSelected: entry.number == selected, finder: app.views[.traffic]?.finder)
    }
  }

  func place(in app: App) -> String? {
    let pane = app.activePane
    guard pane == .traffic else {
      guard let source = app.source(of: pane) else { return pane.title }
      let viewport = app.views[pane, default: TextView()].viewport
      return "\(pane.title) \(viewport.place(in: source, size: app.size(of: pane)))"
    }
    return "Traffic \(app.traffic.place)"
  }
}

extension App {
  /// The pane that scrolling moves: the one with the focus, or the one that was wanted last.
  var activePane: Pane {
    if case .pane(let pane) = focus { return pane }
    return recent.first { layout.area(showing: $0) != nil } ?? .console
  }

  /// Brings a pane to the front; the focus goes along unless it is at the prompt.
  mutating func show(_ pane: Pane) {
    uncoverPanes()
    recent.removeAll { $0 == pane }
    recent.insert(pane, at: 0)
    if zoomed != nil { zoomed = pane }
    if focus != .prompt { focus = .pane(pane) }
  }

  /// Brings a pane to the front and gives it the keys; the same key again goes back to the prompt.
  mutating func open(_ pane: Pane) {
    if focus == .pane(pane), arePanesSeen { return focusPrompt() }
    show(pane)
    focus = .pane(pane)
    prompt.completions = nil
  }

  mutating func focusPrompt() {
    focus = .prompt
    uncoverPanes()
  }

  fileprivate mutating func openNextPane() {
    guard case .pane(let pane) = focus, let index = Pane.allCases.firstIndex(of: pane) else { return }
    open(Pane.allCases[(index + 1) % Pane.allCases.count])
  }

  // MARK: Scrolling

  func size(of pane: Pane) -> Size { layout.area(showing: pane)?.body.size ?? layout.panes.size }

  func source(of pane: Pane) -> RingLines? {
    ring(of: pane).map { ring in
      pane == .console
        ? RingLines(ring: ring, folds: console.folds, hasGutter: true, live: liveTime) : RingLines(ring: ring)
    }
  }

  fileprivate mutating func scroll(_ pane: Pane, by rows: Int) {
    let size = size(of: pane)
    if pane == .traffic { return traffic.move(by: rows, rows: size.rows) }
    guard let source = source(of: pane) else { return }
    views[pane, default: TextView()].viewport.scroll(by: rows, in: source, size: size)
    if pane == .console { keepCursorSeen() }
  }

  fileprivate mutating func scrollToStart(of pane: Pane) {
    if pane == .traffic { return traffic.moveToStart(rows: size(of: pane).rows) }
    views[pane, default: TextView()].viewport.toStart()
    if pane == .console { consoleCursor = source(of: pane)?.numbers.first }
  }

  fileprivate mutating func scrollToEnd(of pane: Pane) {
    if pane == .traffic { return traffic.follow() }
    views[pane, default: TextView()].viewport.toEnd()
    if pane == .console { consoleCursor = nil }
  }

  // MARK: Searching

  /// Begins a search at the top of the visible part; nil ends it.
  fileprivate mutating func find(_ finder: Finder?, in pane: Pane) {
    views[pane, default: TextView()].finder = finder
    views[pane]?.found = nil
    if finder != nil { findNext(in: pane, forwards: true) }
  }

  fileprivate mutating func findNext(in pane: Pane, forwards: Bool) {
    let view = views[pane, default: TextView()]
    let size = size(of: pane)
    if pane == .traffic {
      guard let finder = view.finder else { return tell(isFound: false, nil) }
      let text = TextFinder(finder.source)
      let isFound =
        forwards
        ? traffic.selectNext(rows: size.rows) { text.isIn($0.bytes) }
        : traffic.selectPrevious(rows: size.rows) { text.isIn($0.bytes) }
      return tell(isFound: isFound, finder)
    }
    guard let source = source(of: pane) else { return }
    let start = view.found ?? (view.viewport.topLine(of: source, size: size) ?? 0) - 1
    let found = view.finder.flatMap { $0.next(in: source.unfolded, from: start, forwards: forwards) }
    if let found {
      if pane == .console { console.openFold(at: found) }
      guard let source = self.source(of: pane) else { return }
      views[pane, default: TextView()].viewport.stay(in: source, size: size)
      views[pane]?.viewport.reveal(line: found, in: source, size: size)
      views[pane]?.found = found
      if pane == .console { consoleCursor = found }
    }
    tell(isFound: found != nil, view.finder)
  }

  /// Tells the user when a search finds nothing, or when there is none.
  mutating func tell(isFound: Bool, _ finder: Finder?) {
    if let finder {
      if !isFound { say("\"\(VisibleText.of(finder.source))\" was not found.", .warning) }
    } else {
      say("Nothing is searched for; / begins a search.")
    }
  }

  // MARK: The messages

  fileprivate mutating func selectMessage(at position: Position, in area: Layout.Area) {
    let window = traffic.window(rows: area.body.rows)
    let place = window.lowerBound + position.row - area.body.row
    guard window.contains(place), let number = traffic.list[place] else { return }
    traffic.select(number, rows: area.body.rows)
  }

  fileprivate mutating func selectNextMark() {
    let log = traffic.log
    let rows = size(of: .traffic).rows
    if !traffic.selectNext(rows: rows, where: { log.isMarked($0.number) }) { say("Nothing is marked.") }
  }

  fileprivate mutating func resend() -> [AppAction] {
    sentCount += 1
    guard let entry = traffic.current,
      let text = traffic.log.resendText(entry.number, id: .string("inspector-\(sentCount)"))
    else {
      say("Only a request can be sent again.", .warning)
      return []
    }
    guard entry.direction == .sent else {
      say("This request came from the server; it cannot be sent to it.", .warning)
      return []
    }
    return send(text)
  }

  /// Opens the message in the user's editor, laid out; a request gets an id of its own.
  fileprivate mutating func editAndSend() -> [AppAction] {
    guard let entry = traffic.current else { return [] }
    sentCount += 1
    let text = traffic.log.resendText(entry.number, id: .string("inspector-\(sentCount)")) ?? entry.text
    let pretty = (try? JSON(parsing: text.utf8))?.pretty()
    return [.openEditor(pretty ?? text)]
  }
}
