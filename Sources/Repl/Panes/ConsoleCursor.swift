internal import SystemSupport
internal import TerminalText

/// The selected line of the console, and the folds that it opens.
extension App {
  /// The line that the bar is drawn on: the selected one, or else the last one on the screen that can be unfolded.
  var shownCursor: Int? {
    guard let source = source(of: .console) else { return nil }
    if let consoleCursor, source.numbers.contains(consoleCursor) { return source.shown(consoleCursor) }
    let rows = rowsOfConsole(source)
    return rows.last { row in console.folds[row.line].map { !$0.isOpen } ?? false }?.line ?? rows.last?.line
  }

  /// The time that the present run has taken, beside its first line.
  var liveTime: (number: Int, trailing: Line)? {
    guard let run = runs.current, let line = console.openRuns[run.number] else { return nil }
    let elapsed = max(0.001, now.timeIntervalSince(run.start))
    return (line, [Span("  \(spinnerSign) \(Numbers.duration(elapsed))", .timing)])
  }

  private func rowsOfConsole(_ source: RingLines) -> [Viewport.Row] {
    views[.console, default: TextView()].viewport.rows(of: source, size: size(of: .console))
  }

  /// Moves the bar by lines that are drawn, and scrolls so that it is seen.
  mutating func moveCursor(by step: Int) {
    guard let source = source(of: .console), let cursor = shownCursor else { return }
    var line = cursor
    repeat {
      line = step > 0 ? source.next(after: line) : source.previous(before: line)
      guard source.numbers.contains(line) else { return }
    } while source.line(line)?.isBlank ?? true
    consoleCursor = line
    views[.console, default: TextView()].viewport.follow(line: line, in: source, size: size(of: .console))
  }

  mutating func moveToFold(forwards: Bool) {
    guard let source = source(of: .console) else { return }
    guard let line = console.folds.next(from: shownCursor ?? 0, forwards: forwards),
      source.numbers.contains(line)
    else { return say(forwards ? "There is no fold below." : "There is no fold above.") }
    consoleCursor = line
    views[.console, default: TextView()].viewport.reveal(line: line, in: source, size: size(of: .console))
  }

  /// Opens or closes the fold at the bar; where there is none, the keys go back to the prompt.
  mutating func toggleFold() {
    guard let line = shownCursor, let fold = console.folds[line], fold.kind != .past else {
      return focusPrompt()
    }
    let size = size(of: .console)
    if let source = source(of: .console) {
      views[.console, default: TextView()].viewport.stay(in: source, size: size)
    }
    console.toggleFold(at: line)
    guard let source = source(of: .console) else { return }
    let cursor = source.shown(line)
    consoleCursor = cursor
    views[.console, default: TextView()].viewport.follow(line: cursor, in: source, size: size)
  }

  /// Selects the line under the mouse; a press on a fold opens it, as Enter does.
  mutating func pressInConsole(at position: Position, in area: Layout.Area) {
    guard let source = source(of: .console) else { return }
    let rows = rowsOfConsole(source)
    let row = position.row - area.body.row
    guard rows.indices.contains(row) else { return }
    consoleCursor = rows[row].line
    if let fold = console.folds[rows[row].line], !fold.isOpen { toggleFold() }
  }

  /// Keeps the bar on the screen after the text was scrolled under it.
  mutating func keepCursorSeen() {
    guard let cursor = consoleCursor, let source = source(of: .console) else { return }
    let rows = rowsOfConsole(source)
    guard let first = rows.first?.line, let last = rows.last?.line else { return }
    consoleCursor = min(max(source.shown(cursor), first), last)
  }
}

extension DrawnLine {
  /// True for a line between blocks.
  fileprivate var isBlank: Bool { spans.plainText.isEmpty && picture == nil }
}
