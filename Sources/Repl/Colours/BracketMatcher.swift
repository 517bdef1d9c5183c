/// Finds the bracket that belongs to the one at the cursor.
enum BracketMatcher {
  /// The scalar offsets of the bracket at the cursor, or right before it, and of its partner; empty when there is none.
  static func match(in source: String, cursor: Int) -> Set<Int> {
    var offset = 0
    var open: [Int] = []
    var partners: [Int: Int] = [:]
    for token in PythonLexer.tokens(in: source) {
      let text = source[token.range]
      if token.kind == .bracket {
        if text == ")" || text == "]" || text == "}" {
          if let start = open.popLast() {
            partners[start] = offset
            partners[offset] = start
          }
        } else {
          open.append(offset)
        }
      }
      offset += text.unicodeScalars.count
    }
    for place in [cursor, cursor - 1] {
      if let partner = partners[place] { return [place, partner] }
    }
    return []
  }
}
