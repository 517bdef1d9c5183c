extension PythonLexer {
  /// Turns a leading `match`, `case` or `type` into a keyword where the rest of its line reads as that statement.
  func markSoftKeyword(_ tokens: inout [PythonToken], in line: Substring) {
    let significant = tokens.indices.filter { tokens[$0].isSignificant }
    guard let first = significant.first, tokens[first].kind == .name, significant.count > 2 else { return }
    let second = tokens[significant[1]]
    let last = line[tokens[significant[significant.count - 1]].range]
    let isKeyword =
      switch line[tokens[first].range] {
      case "match": last == ":" && second.beginsExpression(in: line)
      case "case":
        second.beginsExpression(in: line) && significant.contains { line[tokens[$0].range] == ":" }
      case "type": second.kind == .name
      default: false
      }
    if isKeyword { tokens[first].kind = .keyword }
  }
}

extension PythonToken {
  /// True when an expression can begin with this token of `line`.
  func beginsExpression(in line: Substring) -> Bool {
    switch kind {
    case .operator: PythonWords.prefixOperators.contains(line[range])
    case .keyword: !["in", "is", "and", "or", "if", "else", "for"].contains(line[range])
    case .bracket: ["(", "[", "{"].contains(line[range])
    case .name, .number, .string: true
    case .comment, .newline, .whitespace, .error: false
    }
  }
}
