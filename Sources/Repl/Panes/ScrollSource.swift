internal import Pictures
internal import TerminalText

/// Lines to scroll through, numbered; those at the front may have been dropped.
protocol ScrollSource {
  var numbers: Range<Int> { get }
  /// Gives nil for a line that is not shown.
  func line(_ number: Int) -> DrawnLine?
}

/// A line before it is fitted to a width.
struct DrawnLine {
  var spans: Line
  /// Text at the right end of the last row.
  var trailing: Line = []
  /// True for a line across the pane, which goes on to the right edge.
  var isRule = false
  /// A picture in place of text; the width is the image's, in pixels.
  var picture: (pixels: Pixels, width: Int?)?

  /// The most rows that a picture fills.
  private static let pictureRows = 16

  /// Fits the line into rows.
  func rows(columns: Int) -> [Line] {
    if let (pixels, width) = picture {
      return HalfBlocks(pixels, width: width, columns: columns, rows: Self.pictureRows).lines
    }
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

/// The lines of a ring that a pane shows.
struct RingLines: ScrollSource {
  let ring: RingText
  /// Panes whose lines are left out, because they are on the screen themselves.
  var left: Set<Pane> = []

  /// The ring's numbers; when lines were dropped, one more in front for a note of that.
  var numbers: Range<Int> {
    ring.droppedCount > 0 ? ring.numbers.lowerBound - 1..<ring.numbers.upperBound : ring.numbers
  }

  func line(_ number: Int) -> DrawnLine? {
    guard number >= ring.numbers.lowerBound else {
      return DrawnLine(spans: [
        Span("… \(Numbers.grouped(ring.droppedCount)) older lines were dropped", .notice)
      ])
    }
    guard let stored = ring[number] else { return nil }
    if let pane = stored.copyOf, left.contains(pane) { return nil }
    guard var drawn = drawn(stored) else { return nil }
    guard let absence = stored.absence else { return drawn }
    drawn.spans = drawn.spans.map { Span($0.text, .dim) }
    if !drawn.trailing.isEmpty { drawn.trailing = [Span("  " + absence, .dim)] }
    return drawn
  }

  private func drawn(_ stored: RingText.Stored) -> DrawnLine? {
    switch stored.content {
    case .raw(let text, let role):
      return DrawnLine(spans: [Span(VisibleText.of(text), role)], trailing: stored.trailing)
    case .styled(let line): return DrawnLine(spans: line, trailing: stored.trailing)
    case .picture(let pixels, let width): return DrawnLine(spans: [], picture: (pixels, width))
    case .rule(let title): return DrawnLine(spans: [Span("── \(title) ", .dim)], isRule: true)
    }
  }
}

extension HalfBlocks {
  /// The rows as lines to draw, in the palette of 256 colours.
  var lines: [Line] {
    rows.map { row in
      var line: Line = []
      for cell in row {
        let style = Style(
          .picture,
          colours: Style.CellColours(
            foreground: UInt8(XtermPalette.nearest(to: cell.upper)),
            background: UInt8(XtermPalette.nearest(to: cell.lower))))
        if line.last?.style == style {
          line[line.count - 1].text += Self.character
        } else {
          line.append(Span(Self.character, style))
        }
      }
      return line
    }
  }
}
