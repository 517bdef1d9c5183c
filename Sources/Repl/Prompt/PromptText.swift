internal import TerminalText
/// The text at the prompt as it is drawn: coloured lines behind their prompts, and the place of the cursor.
struct PromptText: Sendable {
  private static let pythonPrompts: (first: Line, other: Line) = (
    [Span(">>> ", .prompt)], [Span("... ", .prompt)]
  )

  private var lines: [Line] = [[]]
  /// The prompt before the first line, and the one before the others.
  private var prompts = Self.pythonPrompts
  /// The cursor's line, and the cells before it in that line without the prompt.
  private var cursor = (line: 0, cell: 0)

  private var python = PythonText()

  /// Follows the editor.
  ///
  /// - Parameter question: the question that waits for an answer; nil for Python and commands.
  mutating func update(_ editor: EditorState, question: InputRequest?) {
    if question != nil || CommandLine.isMeant(by: editor.text) {
      lines = VisibleText.lines(of: question?.shown(editor.text) ?? editor.text).map { [Span($0)] }
    } else {
      python.update(editor.text, cursor: editor.cursor)
      lines = python.lines
    }
    if let question {
      prompts = ([Span(VisibleText.lines(of: question.prompt).last ?? "", .prompt)], [])
    } else {
      prompts = Self.pythonPrompts
    }
    if let question, question.isHidden {
      cursor = (0, question.shown(editor.textBeforeCursor).count)
      return
    }
    let before = editor.textBeforeCursor
    let newlines = before.utf8.count { $0 == UInt8(ascii: "\n") }
    cursor = (newlines, DisplayWidth.of(VisibleText.of(editor.lineBeforeCursor)))
  }

  private func prompt(_ line: Int) -> Line { line == 0 ? prompts.first : prompts.other }

  /// The number of rows that the text takes, up to the limit.
  func rowCount(columns: Int, limit: Int) -> Int {
    var count = 0
    for line in lines.indices where count < limit { count += rows(ofLine: line, columns: columns).count }
    return min(count, limit)
  }

  private func rows(ofLine line: Int, columns: Int) -> [Line] {
    let whole = prompt(line) + lines[line]
    // The cursor may stand behind the last character.
    let isFull =
      line == cursor.line && whole.width > 0 && whole.width.isMultiple(of: max(1, columns))
      && prompt(line).width + cursor.cell == whole.width
    return whole.wrapped(to: columns) + (isFull ? [[]] : [])
  }

  /// The rows to draw, with the cursor among them, and the cursor's place.
  func rows(size: Size) -> (rows: [Line], cursor: Position) {
    let columns = max(1, size.columns)
    var all: [Line] = []
    var place = Position(column: 0, row: 0)
    for line in lines.indices {
      let rows = rows(ofLine: line, columns: columns)
      if line == cursor.line {
        place = Self.place(prompt(line).width + cursor.cell, in: rows)
        place.row += all.count
      }
      all += rows
      // Lines far below the cursor are not seen.
      if line > cursor.line, all.count > place.row + size.rows { break }
    }
    let first = max(
      0, min(place.row - size.rows + 1 + (all.count - 1 > place.row && size.rows > 2 ? 1 : 0), place.row))
    return (
      Array(all.dropFirst(first).prefix(max(0, size.rows))),
      Position(column: place.column, row: place.row - first)
    )
  }

  private static func place(_ cell: Int, in rows: [Line]) -> Position {
    var left = cell
    for (index, row) in rows.enumerated() {
      let width = row.width
      if left < width || index == rows.count - 1 { return Position(column: min(left, width), row: index) }
      left -= width
    }
    return Position(column: 0, row: 0)
  }
}
