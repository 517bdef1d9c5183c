internal import MCP
public import TerminalText
internal import Traffic

extension App {
  /// The frame that the screen is to show now.
  public func frame() -> Frame {
    var canvas = Canvas(size: size)
    if layout.isTooSmall {
      let sentence =
        "This terminal is too small for the panes: \(Layout.smallest.columns)x\(Layout.smallest.rows) is wanted, it has \(size.columns)x\(size.rows). The prompt works."
      let room = Rect(column: 0, row: 0, columns: size.columns, rows: max(0, layout.prompt.row))
      canvas.put(TextWords.wrapped(sentence, to: max(1, size.columns)).map { [Span($0, .warning)] }, in: room)
    } else if let help {
      drawHelp(help, on: &canvas)
    } else if let message {
      drawMessage(message, on: &canvas)
    } else {
      for area in layout.areas { draw(area, on: &canvas) }
      for divider in layout.dividers {
        canvas.put(Array(repeating: [Span("│", .border)], count: divider.rows), in: divider)
      }
    }
    if !layout.isTooSmall { canvas.put([ruleLine], in: layout.rule) }
    let cursor = drawPrompt(on: &canvas)
    if let palette { drawPalette(palette, on: &canvas) }
    canvas.put([statusLine], in: layout.status, fill: Style(.status))
    let frame = canvas.frame(cursor: cursor)
    return options.isASCII ? frame.inASCII : frame
  }

  private func draw(_ area: Layout.Area, on canvas: inout Canvas) {
    let role: Style.Role = focus == .pane(area.shown) ? .borderFocused : .border
    let tabs = tabs(of: area).map(\.1)
    let rest = area.header.columns - tabs.width
    canvas.put([tabs + [Span(String(repeating: "─", count: max(0, rest)), role)]], in: area.header)
    canvas.put(
      area.shown == .traffic ? trafficLines(area.body) : textLines(area.shown, area.body), in: area.body)
  }

  /// The names of an area's panes, each with its number. A star marks a pane with something new.
  func tabs(of area: Layout.Area) -> [(Pane, Span)] {
    area.panes.map { pane in
      let number = (Pane.allCases.firstIndex(of: pane) ?? 0) + 1
      let mark = hasNews(pane) ? "*" : " "
      let zoom = zoomed == pane ? "(zoomed) " : ""
      return (pane, Span(" \(number) \(pane.title)\(mark)\(zoom)", pane == area.shown ? .tabActive : .tab))
    }
  }

  private func textLines(_ pane: Pane, _ rect: Rect) -> [Line] {
    guard let source = source(of: pane) else { return [] }
    let view = views[pane, default: TextView()]
    return view.viewport.rows(of: source, size: rect.size, finder: view.finder).map(\.spans)
  }

  private func trafficLines(_ rect: Rect) -> [Line] {
    let selected = focus == .pane(.traffic) || !traffic.isFollowing ? traffic.current?.number : nil
    return traffic.window(rows: rect.rows).compactMap { position in
      guard let entry = traffic.list[position].flatMap({ traffic.log[$0] }) else { return nil }
      return TrafficRow(entry: entry, log: traffic.log, secondsFromGMT: options.secondsFromGMT)
        .line(columns: rect.columns, isSelected: entry.number == selected, finder: views[.traffic]?.finder)
    }
  }

  private var overlay: (header: Rect, body: Rect) {
    let area = Layout.Area(panes: [], shown: .traffic, rect: layout.panes)
    return (area.header, area.body)
  }

  private func drawHelp(_ help: HelpView, on canvas: inout Canvas) {
    let title: Line = [Span(" Help ", .tabActive), Span(" Esc closes, / searches ", .dim)]
    canvas.put([title], in: overlay.header)
    let rows = help.viewport.rows(of: helpLines, size: overlay.body.size, finder: help.finder)
    canvas.put(rows.map(\.spans), in: overlay.body)
  }

  private func drawMessage(_ view: MessageView, on canvas: inout Canvas) {
    canvas.put([messageTitle(view)], in: overlay.header)
    let rows = view.viewport.rows(of: view.lines, size: overlay.body.size, finder: view.finder)
    canvas.put(rows.map(\.spans), in: overlay.body)
  }

  private func messageTitle(_ view: MessageView) -> Line {
    let faces = MessageView.Face.allCases.map {
      Span(" \($0.rawValue) ", $0 == view.face ? .tabActive : .tab)
    }
    guard let entry = traffic.log[view.number] else { return [Span(" Message (dropped) ", .heading)] + faces }
    let kind = entry.isBatch ? "batch" : entry.kind.rawValue
    let words = [kind, entry.method, entry.subject].compactMap(\.self).map { VisibleText.of($0) }
    let id = entry.id.map { " id " + VisibleText.of($0.description) } ?? ""
    let arrow = entry.direction == .sent ? "→" : "←"
    let title =
      " \(entry.number + 1) \(arrow) \(words.joined(separator: " "))\(id), \(Numbers.bytes(entry.size)) "
    return [Span(title, .heading)].beside(faces, columns: layout.panes.columns)
  }

  private func drawPrompt(on canvas: inout Canvas) -> Position? {
    let rect = layout.prompt
    let (lines, place) = prompt.text.rows(size: rect.size)
    canvas.put(lines, in: rect)
    if let menu = prompt.completions, !layout.isTooSmall {
      let lines = menu.lines(columns: size.columns, maximumRows: max(1, layout.panes.rows / 2))
      let row = layout.rule.row - lines.count
      canvas.put(lines, in: Rect(column: 0, row: row, columns: size.columns, rows: lines.count))
    }
    guard focus == .prompt, help == nil, question == nil, search == nil, palette == nil, place.row < rect.rows
    else {
      return nil
    }
    return Position(column: min(place.column, max(0, size.columns - 1)), row: rect.row + place.row)
  }

  private func drawPalette(_ palette: Palette, on canvas: inout Canvas) {
    let columns = min(size.columns, 90)
    let rows = min(max(3, size.rows - 4), 16)
    let rect = Rect(column: (size.columns - columns) / 2, row: 1, columns: columns, rows: rows)
    canvas.put(palette.lines(size: rect.size), in: rect, fill: Style(.menu))
  }
}
