/// A position on the screen, from 0, in cells.
public struct Position: Sendable, Hashable {
  public var column: Int
  public var row: Int

  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// The size of the screen or of a part, in cells.
public struct Size: Sendable, Hashable {
  public var columns: Int
  public var rows: Int

  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A whole screen: the models compute it, the terminal draws it, tests compare it.
public struct Frame: Sendable, Hashable {
  public var size: Size
  /// The rows from top to bottom. No row is wider than the screen; shorter ones end in blanks.
  public var rows: [Line]
  /// The place of the terminal's cursor; nil hides it.
  public var cursor: Position?

  public init(size: Size, rows: [Line], cursor: Position? = nil) {
    self.size = size
    self.rows = rows
    self.cursor = cursor
  }

  /// The rows' text without styles and without blanks at their ends, for tests to compare.
  public var text: [String] {
    rows.map { row in
      var line = row.map(\.text).joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

extension Frame {
  private static let replacements: [Character: String] = [
    "─": "-", "│": "|", "→": ">", "←": "<", "…": "~", "●": "*", "·": "-", "▸": ">", "▾": "v", "▏": "|",
    "✗": "x", "µ": "u",
  ]

  /// The frame for a terminal that can show nothing but ASCII.
  public var inASCII: Frame {
    var frame = self
    frame.rows = rows.map { row in
      row.map { span in
        if span.text.utf8.allSatisfy({ $0 < 0x80 }) { return span }
        let text = span.text.reduce(into: "") { text, character in
          let substitute = String(repeating: "?", count: DisplayWidth.of(character))
          text += character.isASCII ? String(character) : Self.replacements[character] ?? substitute
        }
        return Span(text, span.style)
      }
    }
    return frame
  }
}
