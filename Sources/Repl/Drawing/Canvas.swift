internal import TerminalText
/// A screen that is put together from parts; later ones cover earlier ones.
struct Canvas {
  let size: Size
  private var rows: [Line]

  init(size: Size) {
    self.size = size
    rows = Array(repeating: [], count: max(0, size.rows))
  }

  /// Puts a line into a row, exactly as wide as given.
  mutating func put(_ line: Line, at position: Position, columns: Int, fill: Style = .plain) {
    let columns = min(columns, size.columns - position.column)
    guard rows.indices.contains(position.row), columns > 0, position.column >= 0 else { return }
    let row = rows[position.row]
    let width = row.width
    let before =
      width <= position.column ? row.padded(to: position.column) : row.prefix(cells: position.column)
    let after = width > position.column + columns ? row.dropFirst(cells: position.column + columns) : []
    rows[position.row] = before + line.fitted(to: columns, fill: fill) + after
  }

  /// Puts lines into a part of the screen; the rows below them are blank.
  mutating func put(_ lines: [Line], in rect: Rect, fill: Style = .plain) {
    for row in 0..<max(0, rect.rows) {
      put(
        row < lines.count ? lines[row] : [], at: Position(column: rect.column, row: rect.row + row),
        columns: rect.columns, fill: fill)
    }
  }

  func frame(cursor: Position?) -> Frame { Frame(size: size, rows: rows, cursor: cursor) }
}
