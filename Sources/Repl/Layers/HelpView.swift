internal import TerminalText

/// A text that does not change while it is read: help and messages scroll and are searched alike.
struct ReadText: Sendable {
  private(set) var viewport = Viewport(atStart: true)
  var finder: Finder?
  /// The line that the search found last.
  private var found: Int?

  init(finder: Finder? = nil) { self.finder = finder }

  /// Does an event that scrolls or searches, and leaves others.
  mutating func handle(_ event: LayerEvent, _ lines: FixedLines, in app: inout App) -> Outcome {
    let size = app.coverSize
    let page = max(1, size.rows - 1)
    switch event {
    case .command(.pageUp): viewport.scroll(by: -page, in: lines, size: size)
    case .command(.pageDown): viewport.scroll(by: page, in: lines, size: size)
    case .command(.lineUp): viewport.scroll(by: -1, in: lines, size: size)
    case .command(.lineDown): viewport.scroll(by: 1, in: lines, size: size)
    case .command(.toStart): viewport.toStart()
    case .command(.toEnd): viewport.toEnd()
    case .command(.nextMatch): findNext(in: lines, forwards: true, &app)
    case .command(.previousMatch): findNext(in: lines, forwards: false, &app)
    case .mouse(.wheelUp, _): viewport.scroll(by: -3, in: lines, size: size)
    case .mouse(.wheelDown, _): viewport.scroll(by: 3, in: lines, size: size)
    case .find(let finder):
      self.finder = finder
      found = nil
      if finder != nil { findNext(in: lines, forwards: true, &app) }
    case .text(let key): app.tellNothing(of: key)
    // A press would reach a pane that is not seen.
    case .mouse: break
    case .command: return .left
    }
    return .taken()
  }

  private mutating func findNext(in lines: FixedLines, forwards: Bool, _ app: inout App) {
    let next = finder.flatMap { $0.next(in: lines, from: found ?? -1, forwards: forwards) }
    if let next {
      viewport.reveal(line: next, in: lines, size: app.coverSize)
      found = next
    }
    app.tell(isFound: next != nil, finder)
  }

  func draw(_ lines: FixedLines, title: Line, on canvas: inout Canvas, in app: App) {
    let area = Layout.Area(panes: [], shown: .traffic, rect: app.layout.panes)
    canvas.put([title], in: area.header)
    canvas.put(
      viewport.rows(of: lines, size: area.body.size, finder: finder).map(\.spans), in: area.body)
  }
}

extension App {
  /// The room for the rows of a text that covers the panes.
  var coverSize: Size { Size(columns: layout.panes.columns, rows: max(1, layout.panes.rows - 1)) }
}

/// The help while it is open.
struct HelpView: Layer {
  private var text = ReadText()
  /// The places whose keys are shown; nil shows everything.
  private let places: [KeyContext]?

  init(contexts: [KeyContext]? = nil) { places = contexts }

  let coversPanes = true
  let endsAtInterrupt = true

  func level(_ focus: Focus) -> LayerLevel { .help }

  func contexts(in app: App) -> [KeyContext] { [.help, .anywhere] }

  mutating func handle(_ event: LayerEvent, in app: inout App) -> Outcome {
    if case .command(.dismiss) = event {
      app.layers.close(HelpView.self)
      return .taken()
    }
    return text.handle(event, lines(in: app), in: &app)
  }

  func draw(on canvas: inout Canvas, in app: App) {
    let name = places == nil ? "Help" : "Keys here"
    let title: Line = [Span(" \(name) ", .tabActive), Span(" Esc closes, / searches ", .dim)]
    text.draw(lines(in: app), title: title, on: &canvas, in: app)
  }

  func place(in app: App) -> String? {
    text.viewport.place(in: lines(in: app), size: app.coverSize)
  }

  private func lines(in app: App) -> FixedLines {
    let columns = app.layout.panes.columns
    return FixedLines(
      lines: places.map { HelpPage.keys(in: $0, columns: columns) } ?? HelpPage.lines(columns: columns))
  }
}
