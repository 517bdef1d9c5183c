extension Line {
  /// Breaks the line into rows of at most so many cells, anywhere; an empty line is one empty row.
  ///
  /// Every character keeps its place: the rows together are the line.
  func wrapped(to cells: Int) -> [Line] {
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
