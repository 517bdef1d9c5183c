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

/// Prompts in the form that libedit wants.
enum PromptMarks {
  private static let mark: Unicode.Scalar = "\u{1}"

  /// Puts U+0001 around the colour sequences, so that libedit does not count their width.
  ///
  /// libedit draws a sequence together with the next character, and loses one at the very end. So
  /// neighbouring sequences are joined; one at the end changes places with the character before it, as a rule
  /// a space.
  static func marked(_ prompt: String) -> String {
    var pieces = pieces(of: prompt)
    if case .sequence = pieces.last {
      let end = pieces.removeLast()
      if case .character(let character) = pieces.popLast() {
        if case .sequence(let before) = pieces.last, case .sequence(let after) = end {
          pieces[pieces.count - 1] = .sequence(before + after)
        } else {
          pieces.append(end)
        }
        pieces.append(.character(character))
      }
    }
    var marked = String.UnicodeScalarView()
    for piece in pieces {
      switch piece {
      case .character(let scalar): marked.append(scalar)
      case .sequence(let scalars): marked += [mark] + scalars + [mark]
      }
    }
    return String(marked)
  }

  private enum Piece {
    case character(Unicode.Scalar)
    case sequence([Unicode.Scalar])
  }

  private static func pieces(of prompt: String) -> [Piece] {
    var pieces: [Piece] = []
    var sequence: [Unicode.Scalar] = []
    for scalar in prompt.unicodeScalars {
      guard scalar == "\u{1b}" || !sequence.isEmpty else {
        pieces.append(.character(scalar))
        continue
      }
      sequence.append(scalar)
      guard scalar.properties.isAlphabetic else { continue }
      if case .sequence(let before) = pieces.last {
        pieces[pieces.count - 1] = .sequence(before + sequence)
      } else {
        pieces.append(.sequence(sequence))
      }
      sequence = []
    }
    return pieces
  }
}

/// Text as libedit's wide characters.
enum WideText {
  /// The text's scalars with a zero at the end; zeros within are left out.
  static func scalars(_ text: String) -> [UInt32] {
    text.unicodeScalars.lazy.map(\.value).filter { $0 != 0 } + [0]
  }

  static func string(_ scalars: UnsafeBufferPointer<UInt32>) -> String {
    var view = String.UnicodeScalarView()
    for value in scalars { view.append(Unicode.Scalar(value) ?? "\u{fffd}") }
    return String(view)
  }
}
