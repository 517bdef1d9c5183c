extension Span {
  public var width: Int { DisplayWidth.of(text) }
}

/// A line is a row of spans that may be longer than the screen is wide.
public typealias Line = [Span]

extension Line {
  public var width: Int { reduce(0) { $0 + $1.width } }
  public var plainText: String { map(\.text).joined() }

  /// Takes the first cells; a wide character that the cut halves becomes a blank.
  public func prefix(cells: Int) -> Line { slice(cells: 0..<Swift.max(0, cells)) }

  /// Takes the cells after the first ones.
  public func dropFirst(cells: Int) -> Line { slice(cells: Swift.max(0, cells)..<Int.max) }

  /// Takes the cells in the range, as far as there are any.
  public func slice(cells range: Range<Int>) -> Line {
    var result: Line = []
    var column = 0
    for span in self {
      guard column < range.upperBound else { break }
      let width = span.width
      if column >= range.lowerBound, width <= range.upperBound - column {
        result.append(span)
      } else if column + width > range.lowerBound {
        let text = Self.slice(span.text, startingAt: column, cells: range)
        if !text.isEmpty { result.append(Span(text, span.style)) }
      }
      column += width
    }
    return result
  }

  private static func slice(_ text: String, startingAt start: Int, cells range: Range<Int>) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      let utf8 = text.utf8
      let lower = utf8.index(utf8.startIndex, offsetBy: Swift.max(0, range.lowerBound - start))
      let upper = utf8.index(
        lower, offsetBy: range.upperBound - Swift.max(start, range.lowerBound), limitedBy: utf8.endIndex)
      return String(text[lower..<(upper ?? utf8.endIndex)])
    }
    var result = ""
    var column = start
    for character in text {
      let end = column + DisplayWidth.of(character)
      if column >= range.lowerBound, end <= range.upperBound {
        if end > column || column > range.lowerBound || !result.isEmpty { result.append(character) }
      } else {
        let visible = Swift.min(end, range.upperBound) - Swift.max(column, range.lowerBound)
        if visible > 0 { result += String(repeating: " ", count: visible) }
      }
      column = end
      if column >= range.upperBound { break }
    }
    return result
  }

  /// Makes the line exactly so wide: it is cut with `…`, or filled with blanks.
  public func fitted(to cells: Int, fill: Style = .plain) -> Line {
    guard cells > 0 else { return [] }
    let width = self.width
    if width == cells { return self }
    if width < cells { return self + [Span(String(repeating: " ", count: cells - width), fill)] }
    let cut = prefix(cells: cells - 1)
    return cut + [Span("…", cut.last?.style ?? fill)]
  }

  /// The line as a bar of one colour, for a row that is selected.
  public var selected: Line { [Span(plainText, .selection)] }

  /// Shows parts of the line in another role.
  ///
  /// - Parameter ranges: the parts in order, without overlap, as offsets in the UTF-8 of the whole line.
  public func marking(_ ranges: [Range<Int>], as role: Style.Role) -> Line {
    guard !ranges.isEmpty else { return self }
    var result: Line = []
    var start = 0
    for span in self {
      let utf8 = span.text.utf8
      let end = start + utf8.count
      var position = start
      for range in ranges where range.lowerBound < end && range.upperBound > start {
        let lower = Swift.max(range.lowerBound, start)
        let upper = Swift.min(range.upperBound, end)
        if lower > position {
          result.append(Span(span.utf8Slice(position - start..<lower - start), span.style))
        }
        result.append(Span(span.utf8Slice(lower - start..<upper - start), role))
        position = upper
      }
      if position < end { result.append(Span(span.utf8Slice(position - start..<end - start), span.style)) }
      start = end
    }
    return result
  }
}

extension Span {
  fileprivate func utf8Slice(_ range: Range<Int>) -> String {
    let utf8 = text.utf8
    let lower = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return String(decoding: utf8[lower..<utf8.index(lower, offsetBy: range.count)], as: UTF8.self)
  }
}

extension Line {
  /// Breaks the line into rows of at most so many cells, anywhere; an empty line is one empty row.
  ///
  /// Every character keeps its place: the rows together are the line.
  public func wrapped(to cells: Int) -> [Line] {
    let cells = Swift.max(1, cells)
    if width <= cells { return [self] }
    var rows: [Line] = []
    var row: Line = []
    var room = cells
    for span in self {
      var rest = span.text[...]
      while !rest.isEmpty {
        let (part, width) = Self.head(of: rest, cells: room)
        if part.isEmpty, room == cells {
          // Even an empty row has no room for this character: it is wide, and the screen has one column.
          rest.removeFirst()
          row.append(Span(" ", span.style))
          room -= 1
        } else if part.isEmpty {
          rows.append(row)
          row = []
          room = cells
        } else {
          row.append(Span(String(part), span.style))
          room -= width
          rest = rest[part.endIndex...]
        }
      }
    }
    rows.append(row)
    return rows
  }

  /// Takes as much of the text as fits.
  private static func head(of text: Substring, cells: Int) -> (text: Substring, width: Int) {
    if text.utf8.prefix(cells + 1).allSatisfy({ $0 < 0x80 }) {
      let end = text.utf8.index(text.startIndex, offsetBy: cells, limitedBy: text.endIndex) ?? text.endIndex
      return (text[..<end], text.utf8.distance(from: text.startIndex, to: end))
    }
    var end = text.startIndex
    var width = 0
    while end < text.endIndex {
      let next = width + DisplayWidth.of(text[end])
      if next > cells { break }
      width = next
      end = text.index(after: end)
    }
    return (text[..<end], width)
  }
}

extension Line {
  /// Adds blanks up to a width; a longer line stays as it is.
  public func padded(to cells: Int) -> Line {
    let width = self.width
    return width < cells ? self + [Span(String(repeating: " ", count: cells - width))] : self
  }

  /// Puts another line at the right end, which stays whole when there is not room for both.
  public func beside(_ right: Line, columns: Int, fill: Style = .plain) -> Line {
    let room = columns - right.width
    return room > 0 ? fitted(to: room, fill: fill) + right : right.fitted(to: columns, fill: fill)
  }
}

/// Breaks sentences into lines.
public enum TextWords {
  /// Breaks text into lines of at most so many cells, at blanks where there are any.
  public static func wrapped(_ text: String, to cells: Int) -> [String] {
    var rows: [String] = []
    var row = ""
    for word in text.split(separator: " ") {
      if row.isEmpty {
        row = String(word)
      } else if DisplayWidth.of(row) + 1 + DisplayWidth.of(word) <= cells {
        row += " " + word
      } else {
        rows.append(row)
        row = String(word)
      }
    }
    return rows + [row]
  }
}
