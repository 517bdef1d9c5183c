internal import TerminalText
internal import Traffic

extension App {
  /// The pane that scrolling moves: the one with the focus, or the one that was wanted last.
  var activePane: Pane {
    if case .pane(let pane) = focus { return pane }
    return recent.first { layout.area(showing: $0) != nil } ?? .console
  }

  /// Brings a pane to the front; the focus goes along unless it is at the prompt.
  mutating func show(_ pane: Pane) {
    message = nil
    help = nil
    recent.removeAll { $0 == pane }
    recent.insert(pane, at: 0)
    if zoomed != nil { zoomed = pane }
    if focus != .prompt { focus = .pane(pane) }
  }

  /// Brings a pane to the front and gives it the keys; the same key again goes back to the prompt.
  mutating func open(_ pane: Pane) {
    if focus == .pane(pane), message == nil, help == nil { return focusPrompt() }
    show(pane)
    focus = .pane(pane)
    prompt.completions = nil
  }

  mutating func focusPrompt() {
    focus = .prompt
    message = nil
    help = nil
  }

  mutating func openNextPane() {
    guard case .pane(let pane) = focus, let index = Pane.allCases.firstIndex(of: pane) else { return }
    open(Pane.allCases[(index + 1) % Pane.allCases.count])
  }

  /// The pane whose tab is at a position.
  func tab(of area: Layout.Area, at position: Position) -> Pane? {
    var column = area.header.column
    for (pane, span) in tabs(of: area) {
      if (column..<column + span.width).contains(position.column) { return pane }
      column += span.width
    }
    return nil
  }

  // MARK: Scrolling

  /// The room for the rows of the pane or layer that scrolls.
  var scrollSize: Size {
    if message != nil || help != nil {
      return Size(columns: layout.panes.columns, rows: max(1, layout.panes.rows - 1))
    }
    return size(of: activePane)
  }

  func size(of pane: Pane) -> Size { layout.area(showing: pane)?.body.size ?? layout.panes.size }

  func source(of pane: Pane) -> RingLines? {
    ring(of: pane).map { ring in
      let left = pane == .console ? Set(layout.areas.map(\.shown)) : []
      return RingLines(ring: ring, left: left)
    }
  }

  mutating func scroll(by rows: Int, pane: Pane? = nil) {
    let size = scrollSize
    if help != nil {
      let lines = helpLines
      help?.viewport.scroll(by: rows, in: lines, size: size)
    } else if let lines = message?.lines {
      message?.viewport.scroll(by: rows, in: lines, size: size)
    } else {
      let pane = pane ?? activePane
      if pane == .traffic { return traffic.move(by: rows, rows: self.size(of: pane).rows) }
      guard let source = source(of: pane) else { return }
      views[pane, default: TextView()].viewport.scroll(by: rows, in: source, size: self.size(of: pane))
    }
  }

  mutating func scrollToStart() {
    if help != nil {
      help?.viewport.toStart()
    } else if message != nil {
      message?.viewport.toStart()
    } else if activePane == .traffic {
      traffic.moveToStart(rows: scrollSize.rows)
    } else {
      views[activePane, default: TextView()].viewport.toStart()
    }
  }

  mutating func scrollToEnd() {
    if help != nil {
      help?.viewport.toEnd()
    } else if message != nil {
      message?.viewport.toEnd()
    } else if activePane == .traffic {
      traffic.follow()
    } else {
      views[activePane, default: TextView()].viewport.toEnd()
    }
  }

  // MARK: Searching

  /// Answers Enter after a search was typed: it begins at the top of the visible part.
  mutating func endSearch() {
    guard let typed = search?.text else { return }
    search = nil
    let finder = Finder(typed)
    if help != nil {
      help?.finder = finder
      help?.found = nil
    } else if message != nil {
      message?.finder = finder
      message?.found = nil
    } else {
      views[activePane, default: TextView()].finder = finder
      views[activePane]?.found = nil
    }
    if finder != nil { findNext(forwards: true) }
  }

  mutating func findNext(forwards: Bool) {
    let size = scrollSize
    if let view = help {
      let lines = helpLines
      let found = view.finder.flatMap { $0.next(in: lines, from: view.found ?? -1, forwards: forwards) }
      if let found { help?.viewport.reveal(line: found, in: lines, size: size) }
      help?.found = found ?? view.found
      tell(found, view.finder)
    } else if let view = message {
      let found = view.finder.flatMap { $0.next(in: view.lines, from: view.found ?? -1, forwards: forwards) }
      if let found { message?.viewport.reveal(line: found, in: view.lines, size: size) }
      message?.found = found ?? view.found
      tell(found, view.finder)
    } else {
      findNext(in: activePane, forwards: forwards)
    }
  }

  private mutating func findNext(in pane: Pane, forwards: Bool) {
    let view = views[pane, default: TextView()]
    let size = size(of: pane)
    if pane == .traffic {
      guard let finder = view.finder else { return tell(nil, nil) }
      let text = TextFinder(finder.source)
      let isFound =
        forwards
        ? traffic.selectNext(rows: size.rows) { text.isIn($0.bytes) }
        : traffic.selectPrevious(rows: size.rows) { text.isIn($0.bytes) }
      return tell(isFound ? 0 : nil, finder)
    }
    guard let source = source(of: pane) else { return }
    let start = view.found ?? (view.viewport.topLine(of: source, size: size) ?? 0) - 1
    let found = view.finder.flatMap { $0.next(in: source, from: start, forwards: forwards) }
    if let found {
      views[pane, default: TextView()].viewport.stay(in: source, size: size)
      views[pane]?.viewport.reveal(line: found, in: source, size: size)
      views[pane]?.found = found
    }
    tell(found, view.finder)
  }

  private mutating func tell(_ found: Int?, _ finder: Finder?) {
    if let finder {
      if found == nil { say("\"\(VisibleText.of(finder.source))\" was not found.", .warning) }
    } else {
      say("Nothing is searched for; / begins a search.")
    }
  }

  var helpLines: FixedLines { FixedLines(lines: HelpPage.lines(columns: layout.panes.columns)) }
}
