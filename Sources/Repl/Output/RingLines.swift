internal import TerminalText

/// The mark of a line of code in the transcript.
enum Gutter: Sendable, Hashable {
  /// The first line of a block with its number; a command has none.
  case code(Int?)
  case more

  /// The cells of a gutter.
  static let width = 6

  /// The line's beginning in a saved text, as Python's prompt has it.
  var prompt: String {
    switch self {
    case .code: ">>> "
    case .more: "... "
    }
  }

  /// The cells before the first row, and before the rows that go on with it.
  var cells: (first: Line, rest: Line) {
    let rest: Line = [Span("    "), Span("▏ ", .prompt)]
    guard case .code(let number?) = self else { return (rest, rest) }
    let digits = String(number)
    let left = String(repeating: " ", count: max(0, 3 - digits.count)) + digits
    let text = left.count < 4 ? left + " " : left
    let bar = text.count < 5 ? "▏ " : "▏"
    return ([Span(String(text.prefix(5)), .dim), Span(bar, .prompt)], rest)
  }

  static let blank: Line = [Span(String(repeating: " ", count: width))]
}

/// The lines of a ring that a pane shows.
struct RingLines: ScrollSource {
  let ring: RingText
  var folds = Folds()
  /// True when lines stand beside a gutter for the marks of code.
  var hasGutter = false
  /// The text at the right end of a line that changes with time.
  var live: (number: Int, trailing: Line)?

  /// The ring's numbers; when lines were dropped, one more in front for a note of that.
  var numbers: Range<Int> {
    ring.droppedCount > 0 ? ring.numbers.lowerBound - 1..<ring.numbers.upperBound : ring.numbers
  }

  var gutterWidth: Int { hasGutter ? Gutter.width : 0 }

  /// The same with all folds open, for a search.
  var unfolded: RingLines {
    var lines = self
    lines.folds = Folds()
    return lines
  }

  func shown(_ number: Int) -> Int {
    closedFold(number).map { max($0.lines.lowerBound, ring.numbers.lowerBound) } ?? number
  }

  func next(after number: Int) -> Int { closedFold(number)?.lines.upperBound ?? number + 1 }

  func previous(before number: Int) -> Int { shown(number - 1) }

  private func closedFold(_ number: Int) -> Fold? {
    guard number >= ring.numbers.lowerBound, let fold = folds[number], !fold.isOpen else { return nil }
    return fold
  }

  func line(_ number: Int) -> DrawnLine? {
    guard number >= ring.numbers.lowerBound else {
      return beside(
        DrawnLine(spans: [
          Span("… \(Numbers.grouped(ring.droppedCount)) older lines were dropped", .notice)
        ]))
    }
    guard let stored = ring[number] else { return nil }
    let fold = folds[number]
    if let fold, !fold.isOpen {
      guard number == shown(number), fold.kind != .past else { return nil }
      return beside(DrawnLine(spans: [Span("▸ \(fold.title(of: ring.numbers)) (Enter unfolds)", .notice)]))
    }
    var drawn = drawn(stored)
    if let live, live.number == number { drawn.trailing = live.trailing }
    if let gutter = stored.gutter, hasGutter { drawn.gutter = gutter.cells }
    if let absence = stored.absence {
      drawn.gutter = drawn.gutter.map { ($0.first.dimmed, $0.rest.dimmed) }
      drawn.spans = drawn.spans.dimmed
      if !drawn.trailing.isEmpty { drawn.trailing = [Span("  " + absence, .dim)] }
    }
    if let fold, number == max(fold.lines.lowerBound, ring.numbers.lowerBound) {
      drawn.above = [Span("▾ \(fold.title(of: ring.numbers)) (Enter folds)", .notice)]
    }
    return beside(drawn)
  }

  /// Moves a line without a mark of its own beside the gutter.
  private func beside(_ line: DrawnLine) -> DrawnLine {
    guard hasGutter, line.gutter == nil, !line.isRule else { return line }
    var line = line
    line.gutter = (Gutter.blank, Gutter.blank)
    return line
  }

  private func drawn(_ stored: RingText.Stored) -> DrawnLine {
    switch stored.content {
    case .raw(let text, let role):
      return DrawnLine(spans: text.line(role), trailing: stored.trailing)
    case .styled(let line): return DrawnLine(spans: line, trailing: stored.trailing)
    case .picture(let preview): return DrawnLine(spans: [], picture: preview)
    case .rule(let title): return DrawnLine(spans: [Span("── \(title) ", .dim)], isRule: true)
    }
  }
}

extension Line {
  fileprivate var dimmed: Line { map { Span($0.text, .dim) } }
}
