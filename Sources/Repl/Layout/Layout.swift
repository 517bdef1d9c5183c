internal import TerminalText

/// A part of the screen, in cells from 0.
struct Rect: Sendable, Hashable {
  var column: Int
  var row: Int
  var columns: Int
  var rows: Int

  var size: Size { Size(columns: columns, rows: rows) }
  var origin: Position { Position(column: column, row: row) }

  func contains(_ position: Position) -> Bool {
    (column..<column + columns).contains(position.column) && (row..<row + rows).contains(position.row)
  }
}

/// The places of all parts on the screen.
struct Layout: Sendable, Hashable {
  /// A place that shows one of its panes under a row of tabs.
  struct Area: Sendable, Hashable {
    var panes: [Pane]
    var shown: Pane
    var rect: Rect

    var header: Rect { Rect(column: rect.column, row: rect.row, columns: rect.columns, rows: 1) }
    var body: Rect {
      Rect(column: rect.column, row: rect.row + 1, columns: rect.columns, rows: max(0, rect.rows - 1))
    }
  }

  static let smallest = Size(columns: 60, rows: 15)
  static let largestPrompt = 10
  /// The rows that a note leaves to the panes at least.
  private static let smallestPanes = 6

  private(set) var areas: [Area] = []
  /// The columns of lines between areas.
  private(set) var dividers: [Rect] = []
  /// All areas together. A message or the help takes their place.
  let panes: Rect
  /// The line between panes and prompt.
  let rule: Rect
  /// Rows between panes and rule, for a text that must not cover the panes; often none.
  let note: Rect
  let prompt: Rect
  let status: Rect
  let isTooSmall: Bool

  /// - Parameters:
  ///   - recent: all panes, the one that was wanted last first. It decides which of an area's panes is shown.
  ///   - filled: the panes that have something to show. An empty stream takes no place unless all are asked for.
  ///   - zoomed: the pane that takes the place of all.
  ///   - promptRows: the rows that the prompt's text needs.
  ///   - noteRows: the rows that a note above the prompt needs.
  init(
    size: Size, mode: LayoutMode, recent: [Pane], filled: Set<Pane> = Set(Pane.allCases), zoomed: Pane? = nil,
    promptRows: Int = 1, noteRows: Int = 0
  ) {
    let columns = max(0, size.columns)
    let rows = max(0, size.rows)
    isTooSmall = columns < Self.smallest.columns || rows < Self.smallest.rows
    let room = isTooSmall ? rows - 2 : rows / 2
    let promptCount = max(min(promptRows, Self.largestPrompt, room), min(rows, 1))
    let statusRows = rows > promptCount ? 1 : 0
    status = Rect(column: 0, row: rows - statusRows, columns: columns, rows: statusRows)
    prompt = Rect(column: 0, row: status.row - promptCount, columns: columns, rows: promptCount)
    rule = Rect(column: 0, row: max(0, prompt.row - 1), columns: columns, rows: min(prompt.row, 1))
    let notes = isTooSmall ? 0 : min(noteRows, max(0, rule.row - Self.smallestPanes))
    note = Rect(column: 0, row: rule.row - notes, columns: columns, rows: notes)
    panes = Rect(column: 0, row: 0, columns: columns, rows: isTooSmall ? 0 : note.row)
    if !isTooSmall { arrange(mode: mode, recent: recent, filled: filled, zoomed: zoomed, screen: size) }
  }

  private mutating func arrange(
    mode: LayoutMode, recent: [Pane], filled: Set<Pane>, zoomed: Pane?, screen: Size
  ) {
    if let zoomed {
      areas = [Area(panes: Pane.allCases, shown: zoomed, rect: panes)]
      return
    }
    switch Self.possible(mode, screen: screen) {
    case .all:
      // Whoever asks for all panes wants to see them empty, too.
      arrangeAll(recent, mode == .all ? Set(Pane.allCases) : filled.union(recent.prefix(1)))
    case .split:
      let top = panes.rows * 3 / 5
      add([.console], recent, Rect(column: 0, row: 0, columns: panes.columns, rows: top))
      add(
        [.standardOutput, .standardError, .server, .traffic], recent,
        Rect(column: 0, row: top, columns: panes.columns, rows: panes.rows - top))
    case .tabs, .automatic: add(Pane.allCases, recent, panes)
    }
  }

  /// The nearest mode to the wanted one for which the screen has room.
  private static func possible(_ mode: LayoutMode, screen: Size) -> LayoutMode {
    switch mode {
    case .automatic: screen.columns >= 140 && screen.rows >= 24 ? .all : .tabs
    case .all: screen.columns >= 120 && screen.rows >= 20 ? .all : possible(.split, screen: screen)
    case .split: screen.rows >= 20 ? .split : .tabs
    case .tabs: .tabs
    }
  }

  private mutating func arrangeAll(_ recent: [Pane], _ filled: Set<Pane>) {
    let left = min(max(panes.columns * 45 / 100, 80), panes.columns - 58)
    let right = panes.columns - left - 1
    add([.console], recent, Rect(column: 0, row: 0, columns: left, rows: panes.rows))
    dividers = [Rect(column: left, row: 0, columns: 1, rows: panes.rows)]
    let traffic = panes.rows / 2
    let output = panes.rows - traffic
    var row = 0
    let place = { (rows: Int) -> Rect in
      defer { row += rows }
      return Rect(column: left + 1, row: row, columns: right, rows: rows)
    }
    let streams = [Pane.standardOutput, .standardError, .server].filter(filled.contains)
    let others: [Pane] = [.standardOutput, .standardError, .server]
    if streams.isEmpty { return add([.traffic] + others, [.traffic], place(panes.rows)) }
    if output >= 12, streams.first == .standardOutput, streams.count > 1 {
      let errors = output * 2 / 5
      add([.standardOutput], recent, place(output - errors))
      add([.standardError, .server], recent.filter(streams.contains), place(errors))
    } else {
      let shown = recent.filter(streams.contains)
      add(others, shown, place(output))
    }
    add([.traffic], recent, place(traffic))
  }

  private mutating func add(_ panes: [Pane], _ recent: [Pane], _ rect: Rect) {
    guard let shown = recent.first(where: panes.contains) ?? panes.first else { return }
    areas.append(Area(panes: panes, shown: shown, rect: rect))
  }

  /// The area that draws a pane; nil when it is not on the screen.
  func area(showing pane: Pane) -> Area? { areas.first { $0.shown == pane } }

  func area(at position: Position) -> Area? { areas.first { $0.rect.contains(position) } }
}

/// The way in which the panes share the screen.
public enum LayoutMode: String, Sendable, Hashable, CaseIterable {
  /// The size decides: everything on a wide terminal, tabs on others.
  case automatic = "auto"
  /// One pane is shown at a time.
  case tabs
  /// The console is above, one of the others below.
  case split
  /// The console is on the left; stdout, stderr and the traffic are on the right.
  case all
}

/// A part of the screen that scrolls on its own.
public enum Pane: String, Sendable, Hashable, CaseIterable {
  case console, standardOutput = "stdout", standardError = "stderr", server, traffic

  var title: String {
    switch self {
    case .console: "Console"
    case .standardOutput: "stdout"
    case .standardError: "stderr"
    case .server: "Server"
    case .traffic: "Traffic"
    }
  }
}
