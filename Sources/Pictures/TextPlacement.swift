internal import TerminalText

/// Puts the texts of a figure into cells. A text without room beside those before it is left out, since labels must not
/// run into each other.
struct TextPlacement {
  let columns: Int
  let rows: Int

  /// - Parameter glyphs: the cells; those of texts are replaced.
  func place(_ texts: [FigureDrawing.Text], in glyphs: inout [[Glyph]], over cells: [[InkedCell]]) {
    var isTaken = Array(repeating: Array(repeating: false, count: columns), count: rows)
    for (_, text) in texts.enumerated().sorted(by: {
      ($1.element.size, $0.offset) < ($0.element.size, $1.offset)
    }) {
      let signs = VisibleText.of(text.text).filter { DisplayWidth.of($0) > 0 }
      let places = text.isVertical ? vertical(text, signs) : horizontal(text, signs)
      guard !places.contains(where: { isNear($0, isTaken, isVertical: text.isVertical) }) else { continue }
      for place in places {
        let width = DisplayWidth.of(place.sign)
        for offset in 0..<width {
          isTaken[place.row][place.column + offset] = true
          glyphs[place.row][place.column + offset] = Glyph(
            text: offset == 0 ? String(place.sign) : "", ink: text.colour,
            over: cells[place.row][place.column + offset], isBold: text.isBold)
        }
      }
    }
  }

  private struct Place {
    var sign: Character
    var column: Int
    var row: Int
  }

  private func horizontal(_ text: FigureDrawing.Text, _ signs: String) -> [Place] {
    let shown = fitted(signs, to: columns)
    let width = DisplayWidth.of(shown)
    let start = (text.x * Double(columns) - text.alignment * Double(width)).rounded()
    var column = min(max(0, Int(start)), columns - width)
    let row = min(max(0, Int(text.y * Double(rows))), rows - 1)
    return shown.map { sign in
      defer { column += DisplayWidth.of(sign) }
      return Place(sign: sign, column: column, row: row)
    }
  }

  private func vertical(_ text: FigureDrawing.Text, _ signs: String) -> [Place] {
    let shown = Array(fitted(signs.filter { DisplayWidth.of($0) == 1 }, to: rows))
    let start = (text.y * Double(rows) - Double(shown.count) / 2).rounded()
    let row = min(max(0, Int(start)), rows - shown.count)
    let column = min(max(0, Int(text.x * Double(columns))), columns - 1)
    return shown.enumerated().map { Place(sign: $1, column: column, row: row + $0) }
  }

  private func fitted(_ signs: String, to cells: Int) -> String {
    guard DisplayWidth.of(signs) > cells else { return signs }
    var shown = signs
    while DisplayWidth.of(shown) > cells - 1, !shown.isEmpty { shown.removeLast() }
    return shown + "…"
  }

  /// True when a text stands there, or beside it so that the two would be read as one.
  private func isNear(_ place: Place, _ isTaken: [[Bool]], isVertical: Bool) -> Bool {
    let reach = isVertical ? 0 : 1
    let end = place.column + DisplayWidth.of(place.sign) + reach
    return isTaken[place.row][max(0, place.column - reach)..<min(columns, end)].contains(true)
  }
}
