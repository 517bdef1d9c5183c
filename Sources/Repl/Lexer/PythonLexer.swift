/// Splits Python source into tokens, line by line, well enough to colour it and to know where a statement ends.
///
/// It keeps all that is open at a line's end: brackets, strings, replacement fields, a backslash. So a long
/// block is lexed once and not again for each new line. It follows Python 3.12 and later (PEP 701):
/// replacement fields of f- and t-strings hold any expression, with any quotes.
public struct PythonLexer: Sendable, Equatable {
  enum Nesting: Sendable, Equatable {
    case bracket(closing: Unicode.Scalar)
    case string(StringForm)
    case field
    case formatSpecification
  }

  var nesting: [Nesting] = []

  /// True when a backslash joined the last line with the next one.
  public internal(set) var isContinued = false

  public init() {}

  /// The number of open brackets, strings and replacement fields.
  public var depth: Int { nesting.count }

  /// True when the next line begins inside a string's text, where blanks count.
  public var isInString: Bool {
    switch nesting.last {
    case .string, .formatSpecification: true
    case .bracket, .field, nil: false
    }
  }

  /// True when the next line begins a statement.
  public var isBetweenStatements: Bool { nesting.isEmpty && !isContinued }

  /// The tokens of a whole text; their ranges cover it without gaps.
  public static func tokens(in source: String) -> [PythonToken] {
    var lexer = PythonLexer()
    var tokens: [PythonToken] = []
    var rest = source[...]
    while !rest.isEmpty {
      let end = rest.firstIndex { $0 == "\n" || $0 == "\r\n" }.map(rest.index(after:)) ?? rest.endIndex
      tokens += lexer.tokens(inLine: rest[..<end])
      rest = rest[end...]
    }
    return tokens
  }

  /// The tokens of the next line.
  ///
  /// - Parameter line: one line with or without its terminator; the end of the text is the end of the line.
  public mutating func tokens(inLine line: Substring) -> [PythonToken] {
    let startsStatement = isBetweenStatements
    var cursor = ScalarCursor(line)
    var tokens: [PythonToken] = []
    isContinued = false
    while !cursor.isAtEnd {
      if cursor.isAtLineEnd { endUnterminatedString(&tokens, at: cursor.index) }
      let start = cursor.index
      let kind = scan(&cursor)
      tokens.append(PythonToken(kind: kind, range: start..<cursor.index))
    }
    endUnterminatedString(&tokens, at: cursor.index)
    if startsStatement { markSoftKeyword(&tokens, in: line) }
    return tokens
  }

  private mutating func scan(_ cursor: inout ScalarCursor) -> PythonToken.Kind {
    switch nesting.last {
    case .string(let form): scanText(of: form, &cursor)
    case .formatSpecification: scanFormatSpecification(&cursor)
    case .bracket, .field, nil: scanCode(&cursor)
    }
  }
}

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
