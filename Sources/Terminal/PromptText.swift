/// Prompts in the form that libedit wants.
enum PromptText {
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
