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

extension PythonLexer {
  /// Scans one token outside of strings.
  mutating func scanCode(_ cursor: inout ScalarCursor) -> PythonToken.Kind {
    guard let scalar = cursor.current else { return .whitespace }
    switch scalar {
    case "\n", "\r":
      cursor.skipTerminator()
      return .newline
    case " ", "\t", "\u{c}":
      cursor.skip { $0 == " " || $0 == "\t" || $0 == "\u{c}" }
      return .whitespace
    case "#":
      cursor.skip { $0 != "\n" && $0 != "\r" }
      return .comment
    case "\\":
      cursor.advance()
      isContinued = cursor.isAtLineEnd
      return isContinued ? .whitespace : .error
    case "\"", "'":
      return openString(prefix: "", &cursor)
    case "(", "[", "{", ")", "]", "}":
      return scanBracket(scalar, &cursor)
    case _ where scalar.isDigit || (scalar == "." && cursor.peek(1)?.isDigit == true):
      return scanNumber(&cursor)
    case _ where scalar == "_" || scalar.properties.isXIDStart:
      return scanWord(&cursor)
    default:
      return scanOperator(scalar, &cursor)
    }
  }

  private mutating func scanBracket(
    _ scalar: Unicode.Scalar, _ cursor: inout ScalarCursor
  ) -> PythonToken.Kind {
    cursor.advance()
    switch scalar {
    case "(": nesting.append(.bracket(closing: ")"))
    case "[": nesting.append(.bracket(closing: "]"))
    case "{": nesting.append(.bracket(closing: "}"))
    case _ where nesting.last == .bracket(closing: scalar) || (scalar == "}" && nesting.last == .field):
      nesting.removeLast()
    default: return .error
    }
    return .bracket
  }

  private mutating func scanWord(_ cursor: inout ScalarCursor) -> PythonToken.Kind {
    let start = cursor.index
    cursor.skip { $0 == "_" || $0.properties.isXIDContinue }
    let word = cursor.text(from: start)
    if cursor.current == "\"" || cursor.current == "'" {
      let prefix = word.lowercased()
      if PythonWords.stringPrefixes.contains(prefix) { return openString(prefix: prefix, &cursor) }
    }
    return PythonWords.keywords.contains(word) ? .keyword : .name
  }

  private func scanNumber(_ cursor: inout ScalarCursor) -> PythonToken.Kind {
    let isDigitOrJoiner = { (scalar: Unicode.Scalar) in scalar.isDigit || scalar == "_" }
    if cursor.current == "0", let base = cursor.peek(1), "xXoObB".unicodeScalars.contains(base) {
      cursor.advance(by: 2)
      cursor.skip { $0 == "_" || ($0.isASCII && $0.properties.isASCIIHexDigit) }
      return .number
    }
    cursor.skip(while: isDigitOrJoiner)
    if cursor.current == "." {
      cursor.advance()
      cursor.skip(while: isDigitOrJoiner)
    }
    if cursor.current == "e" || cursor.current == "E" {
      let isSigned = cursor.peek(1) == "+" || cursor.peek(1) == "-"
      if cursor.peek(isSigned ? 2 : 1)?.isDigit == true {
        cursor.advance(by: 2)
        cursor.skip(while: isDigitOrJoiner)
      }
    }
    if cursor.current == "j" || cursor.current == "J" { cursor.advance() }
    return .number
  }

  private mutating func scanOperator(
    _ scalar: Unicode.Scalar, _ cursor: inout ScalarCursor
  ) -> PythonToken.Kind {
    if nesting.last == .field {
      if scalar == ":" {
        cursor.advance()
        nesting.append(.formatSpecification)
        return .operator
      }
      if scalar == "!", cursor.peek(1) != "=" {
        cursor.advance()
        return .operator
      }
    }
    guard let match = PythonWords.operators.first(where: { cursor.starts(with: $0) }) else {
      cursor.advance()
      return .error
    }
    cursor.advance(by: match.unicodeScalars.count)
    return .operator
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}

/// A position that moves over the Unicode scalars of one line.
///
/// It counts scalars, not characters: `\r\n` is one character, and a quote before a combining mark is still
/// a quote.
struct ScalarCursor {
  private let scalars: Substring.UnicodeScalarView
  private(set) var index: String.Index

  init(_ text: Substring) {
    scalars = text.unicodeScalars
    index = scalars.startIndex
  }

  var isAtEnd: Bool { index == scalars.endIndex }

  var current: Unicode.Scalar? { isAtEnd ? nil : scalars[index] }

  /// True at a line terminator or at the end of the text.
  var isAtLineEnd: Bool { current.map { $0 == "\n" || $0 == "\r" } ?? true }

  func peek(_ distance: Int) -> Unicode.Scalar? {
    guard let target = scalars.index(index, offsetBy: distance, limitedBy: scalars.endIndex),
      target != scalars.endIndex
    else { return nil }
    return scalars[target]
  }

  func starts(with text: String) -> Bool {
    scalars[index...].starts(with: text.unicodeScalars)
  }

  mutating func advance(by distance: Int = 1) {
    index = scalars.index(index, offsetBy: distance, limitedBy: scalars.endIndex) ?? scalars.endIndex
  }

  mutating func skip(while predicate: (Unicode.Scalar) -> Bool) {
    while let current, predicate(current) { advance() }
  }

  mutating func skipTerminator() {
    if current == "\r" { advance() }
    if current == "\n" { advance() }
  }

  func text(from start: String.Index) -> Substring {
    Substring(scalars[start..<index])
  }
}
