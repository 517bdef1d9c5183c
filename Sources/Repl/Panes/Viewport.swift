internal import TerminalText
internal import Traffic

/// The visible rows of a source: its end, until somebody scrolls.
struct Viewport: Sendable, Hashable {
  /// The row at the top: its line, and the cells of that line before it. A new width finds the same text again.
  struct Anchor: Sendable, Hashable {
    var line: Int
    var cell: Int
  }

  struct Row {
    var line: Int
    var spans: Line
  }

  /// The row at the top; nil follows the end.
  private(set) var anchor: Anchor?

  var isFollowing: Bool { anchor == nil }

  init(atStart: Bool = false) {
    if atStart { anchor = Anchor(line: .min, cell: 0) }
  }

  /// The rows to draw, at most as many as there is room for.
  func rows(of source: some ScrollSource, size: Size, finder: Finder? = nil) -> [Row] {
    let view = View(source: source, size: size, finder: finder)
    guard let top = view.top(anchor) else { return [] }
    return view.rows(from: top)
  }

  /// Scrolls down, or up by a negative number of rows.
  mutating func scroll(by rows: Int, in source: some ScrollSource, size: Size) {
    let view = View(source: source, size: size, finder: nil)
    guard var top = view.top(anchor) else { return }
    for _ in 0..<abs(rows) {
      guard let next = rows > 0 ? view.rowAfter(top) : view.rowBefore(top) else { break }
      top = next
    }
    guard let last = view.top(nil), top < last else {
      anchor = nil
      return
    }
    anchor = view.anchor(of: top)
  }

  mutating func toStart() { anchor = Anchor(line: .min, cell: 0) }
  mutating func toEnd() { anchor = nil }

  /// Stays where it is when the source grows.
  mutating func stay(in source: some ScrollSource, size: Size) {
    let view = View(source: source, size: size, finder: nil)
    anchor = view.top(anchor).map(view.anchor)
  }

  /// Scrolls so that a line is seen, if it is not.
  mutating func reveal(line: Int, in source: some ScrollSource, size: Size) {
    if rows(of: source, size: size).contains(where: { $0.line == line }) { return }
    anchor = Anchor(line: line, cell: 0)
    scroll(by: -size.rows / 3, in: source, size: size)
  }

  /// Scrolls as little as it can so that a line is seen.
  mutating func follow(line: Int, in source: some ScrollSource, size: Size) {
    let seen = rows(of: source, size: size)
    guard let first = seen.first?.line, let last = seen.last?.line, !(first...last).contains(line) else {
      return
    }
    anchor = Anchor(line: line, cell: 0)
    scroll(by: line < first ? 0 : 1 - size.rows, in: source, size: size)
  }

  /// The line at the top of what is seen.
  func topLine(of source: some ScrollSource, size: Size) -> Int? {
    View(source: source, size: size, finder: nil).top(anchor)?.line
  }
}

extension Viewport {
  /// The place in the source, in words.
  func place(in source: some ScrollSource, size: Size) -> String {
    let count = source.numbers.count
    guard !isFollowing, let top = topLine(of: source, size: size) else {
      return Numbers.grouped(count) + (count == 1 ? " line" : " lines")
    }
    return "line \(Numbers.grouped(top - source.numbers.lowerBound + 1)) of \(Numbers.grouped(count))"
  }
}

/// A row's place: a line, and the number of the row within it.
private struct RowPlace: Comparable {
  var line: Int
  var row: Int

  static func < (left: RowPlace, right: RowPlace) -> Bool { (left.line, left.row) < (right.line, right.row) }
}

/// A source at a size. It wraps only the lines that it needs.
private struct View<Source: ScrollSource> {
  let source: Source
  let size: Size
  let finder: Finder?

  func rows(_ number: Int) -> [Line] {
    guard var line = source.line(number) else { return [] }
    if let finder { line.spans = finder.marking(line.spans) }
    return line.rows(columns: max(1, size.columns))
  }

  /// The place at the top. The view follows the end when there is no anchor or too little below it.
  func top(_ anchor: Viewport.Anchor?) -> RowPlace? {
    guard let end = topAtEnd() else { return nil }
    guard let anchor else { return end }
    var place = RowPlace(line: source.numbers.lowerBound, row: 0)
    if source.numbers.contains(anchor.line) {
      place.line = source.shown(anchor.line)
      var cells = 0
      for (index, row) in rows(place.line).enumerated() where cells <= anchor.cell {
        place.row = index
        cells += textWidth(row)
      }
    } else if anchor.line >= source.numbers.upperBound {
      return end
    }
    return min(place, end)
  }

  private func topAtEnd() -> RowPlace? {
    var missing = size.rows
    var line = source.numbers.upperBound
    while line > source.numbers.lowerBound {
      line = source.previous(before: line)
      missing -= rows(line).count
      if missing <= 0 { return RowPlace(line: line, row: -missing) }
    }
    return source.numbers.isEmpty ? nil : RowPlace(line: source.numbers.lowerBound, row: 0)
  }

  func rows(from top: RowPlace) -> [Viewport.Row] {
    var result: [Viewport.Row] = []
    var skipped = top.row
    var line = top.line
    while line < source.numbers.upperBound {
      for row in rows(line).dropFirst(skipped) {
        if result.count == size.rows { return result }
        result.append(Viewport.Row(line: line, spans: row))
      }
      skipped = 0
      line = source.next(after: line)
    }
    return result
  }

  func rowAfter(_ place: RowPlace) -> RowPlace? {
    if place.row + 1 < rows(place.line).count { return RowPlace(line: place.line, row: place.row + 1) }
    var line = source.next(after: place.line)
    while line < source.numbers.upperBound {
      if !rows(line).isEmpty { return RowPlace(line: line, row: 0) }
      line = source.next(after: line)
    }
    return nil
  }

  func rowBefore(_ place: RowPlace) -> RowPlace? {
    if place.row > 0 { return RowPlace(line: place.line, row: place.row - 1) }
    var line = place.line
    while line > source.numbers.lowerBound {
      line = source.previous(before: line)
      let count = rows(line).count
      if count > 0 { return RowPlace(line: line, row: count - 1) }
    }
    return nil
  }

  func anchor(of place: RowPlace) -> Viewport.Anchor {
    Viewport.Anchor(
      line: place.line, cell: rows(place.line).prefix(place.row).reduce(0) { $0 + textWidth($1) })
  }

  /// The cells of a row beside the gutter.
  private func textWidth(_ row: Line) -> Int { max(0, row.width - source.gutterWidth) }
}

/// The visible part of a pane of text, and the search in it.
struct TextView: Sendable {
  var viewport = Viewport()
  var finder: Finder?
  /// The line that the search found last.
  var found: Int?
  /// The first line that has never been on the screen.
  var seenEnd = 0
}

/// A text to find in a pane. Case matters only when the text has a letter in upper case.
struct Finder: Sendable, Hashable {
  private let text: TextFinder

  init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    self.text = TextFinder(text)
  }

  var source: String { text.text }

  /// Marks all matches in the line.
  func marking(_ line: Line) -> Line {
    line.marking(text.ranges(in: line.plainText), as: .match)
  }

  /// Finds the next line that holds the text; the search goes round at the ends.
  ///
  /// - Parameter start: the line before the first to look at, in the direction.
  func next(in source: some ScrollSource, from start: Int, forwards: Bool) -> Int? {
    let numbers = source.numbers
    guard !numbers.isEmpty else { return nil }
    let step = forwards ? 1 : -1
    var number = start
    for _ in numbers {
      number += step
      if number >= numbers.upperBound { number = numbers.lowerBound }
      if number < numbers.lowerBound { number = numbers.upperBound - 1 }
      if let line = source.line(number), text.isIn(line.spans.plainText) { return number }
    }
    return nil
  }
}

/// Lines to scroll through, numbered; those at the front may have been dropped.
protocol ScrollSource {
  var numbers: Range<Int> { get }
  /// Gives nil for a line that is not shown.
  func line(_ number: Int) -> DrawnLine?
  /// The cells at the left of each row that belong to no text.
  var gutterWidth: Int { get }
  /// The line that is drawn in the place of one that is folded away; all others are their own.
  func shown(_ number: Int) -> Int
  /// The next number to draw; it may be beyond the last one.
  func next(after number: Int) -> Int
  func previous(before number: Int) -> Int
}

extension ScrollSource {
  var gutterWidth: Int { 0 }
  func shown(_ number: Int) -> Int { number }
  func next(after number: Int) -> Int { number + 1 }
  func previous(before number: Int) -> Int { number - 1 }
}

/// A line before it is fitted to a width.
struct DrawnLine {
  var spans: Line
  /// Text at the right end of the last row.
  var trailing: Line = []
  /// True for a line across the pane, which goes on to the right edge.
  var isRule = false
  /// A row of its own above the line.
  var above: Line?
  /// The cells before the first row and before the others; both are ``Gutter/width`` wide.
  var gutter: (first: Line, rest: Line)?
  /// A picture in place of text.
  var picture: ImagePreview?

  /// Fits the line into rows.
  func rows(columns: Int) -> [Line] {
    guard let gutter else { return (above.map { [$0] } ?? []) + textRows(columns: columns) }
    let rows = textRows(columns: max(1, columns - Gutter.width)).enumerated().map { index, row in
      let cells = index == 0 ? gutter.first : gutter.rest
      return row.isEmpty && cells == Gutter.blank ? [] : cells + row
    }
    return (above.map { [Gutter.blank + $0] } ?? []) + rows
  }

  private func textRows(columns: Int) -> [Line] {
    if let picture { return picture.lines(columns: columns) }
    if isRule {
      let title = spans.fitted(to: min(spans.width, columns))
      let rest = String(repeating: "─", count: max(0, columns - title.width))
      return [title + [Span(rest, .dim)]]
    }
    var rows = spans.wrapped(to: columns)
    guard !trailing.isEmpty, let last = rows.last else { return rows }
    let room = columns - trailing.width
    if last.width < room {
      rows[rows.count - 1] = last.fitted(to: room) + trailing
    } else {
      rows.append([Span(String(repeating: " ", count: max(0, room)))] + trailing.prefix(cells: columns))
    }
    return rows
  }
}

/// Lines that do not change.
struct FixedLines: ScrollSource, Sendable {
  var lines: [Line]

  var numbers: Range<Int> { lines.indices }
  func line(_ number: Int) -> DrawnLine? { DrawnLine(spans: lines[number]) }
}
