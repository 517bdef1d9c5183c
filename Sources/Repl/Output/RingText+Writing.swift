internal import TerminalText

extension RingText {
  /// The place where output goes on among the lines of its origin, as a terminal's cursor.
  struct Cursor: Sendable {
    let role: Style.Role
    let copyOf: Pane?
    /// The first line of this output since something else came between.
    let first: Int
    /// The cursor's line. It is one past the last when nothing has been printed in it.
    var line: Int
    /// The lowest line that the cursor has been in.
    var bottom: Int
    /// The column; nil at the line's end.
    var column: Int?
    /// The cursor's line while it is changed.
    var open: OutputLine?

    init(role: Style.Role, copyOf: Pane?, first: Int) {
      self.role = role
      self.copyOf = copyOf
      self.first = first
      line = first
      bottom = first
    }
  }

  /// Does what a piece of output says.
  mutating func write(_ piece: OutputReader.Piece, at cursor: inout Cursor) {
    switch piece {
    case .text(let text, let look):
      var rest = text[...]
      repeat {
        let part = rest.utf8.count > Self.pieceBytes ? rest.prefix(bytes: Self.pieceBytes) : rest
        rest = rest[part.endIndex...]
        change(.text(String(part), look), at: &cursor)
        cutLongLine(at: &cursor)
      } while !rest.isEmpty
    case .carriageReturn, .backspace, .erase: change(piece, at: &cursor)
    case .newline:
      if cursor.open == nil, self[cursor.line] == nil { cursor.open = OutputLine() }
      move(to: cursor.line + 1, column: 0, &cursor)
    case .up(let count): move(to: max(cursor.first, numbers.lowerBound, cursor.line - count), &cursor)
    case .down(let count): move(to: min(cursor.bottom, cursor.line + count), &cursor)
    }
  }

  /// Puts the line that is being changed into the ring.
  mutating func store(_ cursor: inout Cursor) {
    guard let open = cursor.open else { return }
    cursor.open = nil
    cursor.column = open.place
    put(open.styled, at: cursor.line, of: cursor)
  }

  private mutating func change(_ piece: OutputReader.Piece, at cursor: inout Cursor) {
    if cursor.open == nil {
      var text = StyledText()
      if case .raw(let stored, _)? = self[cursor.line]?.content { text = stored }
      cursor.open = OutputLine(text, column: cursor.column)
    }
    cursor.open?.take(piece)
  }

  private mutating func move(to line: Int, column: Int? = nil, _ cursor: inout Cursor) {
    let column = column ?? cursor.open?.column ?? self.column(of: cursor)
    store(&cursor)
    cursor.line = line
    cursor.bottom = max(cursor.bottom, line)
    cursor.column = column
  }

  private func column(of cursor: Cursor) -> Int {
    if let column = cursor.column { return column }
    guard case .raw(let text, _)? = self[cursor.line]?.content else { return 0 }
    return OutputLine(text).column
  }

  /// Keeps a line that is too long in pieces. Of a line above the last one the rest is left out.
  private mutating func cutLongLine(at cursor: inout Cursor) {
    while var open = cursor.open, open.byteCount > Self.pieceBytes {
      let piece = open.takeFirst(bytes: Self.pieceBytes)
      guard cursor.line == cursor.bottom else {
        cursor.open = OutputLine(piece)
        return
      }
      put(piece, at: cursor.line, of: cursor, isContinued: true)
      cursor.line += 1
      cursor.bottom = cursor.line
      cursor.open = open
    }
  }
}

extension Substring {
  /// The first bytes, or some fewer so that no character's code is cut.
  fileprivate func prefix(bytes: Int) -> Substring {
    var end = utf8.index(startIndex, offsetBy: bytes)
    while end > startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
    return self[..<end]
  }
}
