import CTerminal

/// The cursor's place among the lines of a block, all in scalars.
struct LinePosition {
  private static let newline: UInt32 = 0x0a

  private let text: UnsafeBufferPointer<UInt32>
  let cursor: Int

  /// - Parameter line: a line that stays valid as long as this is used.
  init(_ line: ct_line) {
    text = UnsafeBufferPointer(start: line.text, count: line.length)
    cursor = min(line.cursor, line.length)
  }

  var count: Int { text.count }

  var lineStart: Int { start(of: cursor) }

  var lineEnd: Int { end(of: cursor) }

  var column: Int { cursor - lineStart }

  /// The part of the current line before the cursor.
  var beforeCursor: ArraySlice<UInt32> { Array(text[lineStart..<cursor])[...] }

  /// The place one line up (-1) or down (1), in that column or at the line's end; `nil` if there is no such
  /// line.
  func position(lines: Int, column: Int) -> Int? {
    if lines < 0 {
      let start = lineStart
      guard start > 0 else { return nil }
      return min(self.start(of: start - 1) + column, start - 1)
    }
    let end = lineEnd
    guard end < text.count else { return nil }
    return min(end + 1 + column, self.end(of: end + 1))
  }

  private func start(of position: Int) -> Int {
    text[..<position].lastIndex(of: Self.newline).map { $0 + 1 } ?? 0
  }

  private func end(of position: Int) -> Int {
    text[position...].firstIndex(of: Self.newline) ?? text.count
  }
}
