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
