internal import Pictures

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
