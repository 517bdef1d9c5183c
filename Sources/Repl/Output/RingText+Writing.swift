internal import TerminalText

extension RingText {
  /// The place where output goes on among the lines of its origin, as a terminal's cursor.
  struct Cursor: Sendable {
    let role: Style.Role
    /// The first line of this output since something else came between.
    let first: Int
    /// The cursor's line. It is one past the last when nothing has been printed in it.
    fileprivate(set) var line: Int
    /// The lowest line that the cursor has been in.
    fileprivate(set) var bottom: Int
    /// The column; nil at the line's end.
    fileprivate var column: Int?
    /// The lines that are being changed, by number. They are put into the ring later, and all at once.
    fileprivate var changed: [Int: OutputLine] = [:]

    init(role: Style.Role, first: Int) {
      self.role = role
      self.first = first
      line = first
      bottom = first
    }
  }

  /// Longer lines are kept in pieces, so that none takes long to draw.
  static let pieceBytes = 8192
  /// The longest line that is changed elsewhere than at its end, so that no change takes long.
  private static let changedBytes = 4096

  /// Does what a piece of output says.
  mutating func write(_ piece: OutputReader.Piece, at cursor: inout Cursor) {
    switch piece {
    case .text(let text, let look):
      var rest = text[...]
      repeat {
        let part = rest.utf8.count > Self.pieceBytes ? rest.prefix(bytes: Self.pieceBytes) : rest
        rest = rest[part.endIndex...]
        change(.text(String(part), look), at: &cursor)
      } while !rest.isEmpty
    case .carriageReturn, .backspace, .erase: change(piece, at: &cursor)
    case .newline:
      if cursor.changed[cursor.line] == nil, self[cursor.line] == nil {
        cursor.changed[cursor.line] = OutputLine()
      }
      if cursor.line == cursor.bottom { store(&cursor) }
      move(&cursor, to: cursor.line + 1, column: 0)
    case .up(let count):
      let top = max(cursor.first, numbers.lowerBound)
      move(&cursor, to: max(top, cursor.line - count), column: column(of: cursor))
    case .down(let count):
      move(&cursor, to: min(cursor.bottom, cursor.line + count), column: column(of: cursor))
    }
  }

  /// Puts the lines that are being changed into the ring.
  mutating func store(_ cursor: inout Cursor) {
    for number in cursor.changed.keys.sorted() {
      guard let line = cursor.changed[number] else { continue }
      put(line.styled, at: number, of: cursor)
      if number == cursor.line { cursor.column = line.place }
    }
    cursor.changed = [:]
  }

  private mutating func change(_ piece: OutputReader.Piece, at cursor: inout Cursor) {
    var line = cursor.changed.removeValue(forKey: cursor.line) ?? loaded(cursor)
    if line.mustBeCut(for: piece, above: Self.changedBytes) {
      // On a terminal too, a line that has been broken into rows is changed in its last row only.
      let count = line.byteCount
      cut(&line, bytes: count - (count - 1) % Self.changedBytes - 1, at: &cursor)
    }
    line.take(piece)
    let most = line.isChanged ? Self.changedBytes : Self.pieceBytes
    while line.byteCount > most { cut(&line, bytes: most, at: &cursor) }
    cursor.changed[cursor.line] = line
  }

  /// Keeps the first bytes of a line as a piece. Of a line above the last one, the rest is left out.
  private mutating func cut(_ line: inout OutputLine, bytes: Int, at cursor: inout Cursor) {
    if cursor.line < cursor.bottom { return line.truncate(toBytes: bytes) }
    let piece = line.takeFirst(bytes: bytes)
    store(&cursor)
    put(piece, at: cursor.line, of: cursor, isContinued: true)
    cursor.line += 1
    cursor.bottom = cursor.line
  }

  private func loaded(_ cursor: Cursor) -> OutputLine {
    guard case .raw(let text, _)? = self[cursor.line]?.content else { return OutputLine() }
    return OutputLine(text, column: cursor.column)
  }

  private func move(_ cursor: inout Cursor, to line: Int, column: Int) {
    cursor.line = line
    cursor.bottom = max(cursor.bottom, line)
    cursor.column = column
    cursor.changed[line]?.move(to: column)
  }

  private func column(of cursor: Cursor) -> Int {
    (cursor.changed[cursor.line] ?? loaded(cursor)).column
  }
}

extension OutputLine {
  /// True when the line has grown longer than it may be changed in other places than its end.
  fileprivate func mustBeCut(for piece: OutputReader.Piece, above limit: Int) -> Bool {
    guard !isChanged, byteCount > limit else { return false }
    if case .text = piece { return place != nil }
    return true
  }
}
