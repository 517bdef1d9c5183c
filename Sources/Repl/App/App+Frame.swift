public import TerminalText

extension App {
  /// The frame that the screen is to show now.
  public func frame() -> Frame {
    var canvas = Canvas(size: size)
    if layout.isTooSmall {
      let sentence =
        "This terminal is too small for the panes: \(Layout.smallest.columns)x\(Layout.smallest.rows) is wanted, it has \(size.columns)x\(size.rows). The prompt works."
      let room = Rect(column: 0, row: 0, columns: size.columns, rows: max(0, layout.prompt.row))
      canvas.put(TextWords.wrapped(sentence, to: max(1, size.columns)).map { [Span($0, .warning)] }, in: room)
    } else {
      seenInPanesPlace?.draw(on: &canvas, in: self)
      canvas.put([ruleLine], in: layout.rule)
    }
    for layer in layersFromTop.reversed() where !layer.coversPanes { layer.draw(on: &canvas, in: self) }
    canvas.put([statusLine], in: layout.status, fill: Style(.status))
    let frame = canvas.frame(cursor: (layersFromTop.first as? PromptLayer)?.cursor(in: self))
    return options.isASCII ? frame.inASCII : frame
  }
}
