/// The form in which a string literal was opened, and so the way it closes.
struct StringForm: Sendable, Equatable {
  var quote: Unicode.Scalar
  var isTriple: Bool
  var isRaw: Bool
  /// True when the string holds replacement fields: an f- or t-string.
  var isInterpolated: Bool

  var delimiter: String { String(repeating: String(quote), count: isTriple ? 3 : 1) }
}

extension PythonLexer {
  /// Opens a string and scans its first piece; the cursor is at the quote.
  ///
  /// - Parameter prefix: the letters before the quote, in lower case.
  mutating func openString(prefix: String, _ cursor: inout ScalarCursor) -> PythonToken.Kind {
    guard let quote = cursor.current else { return .error }
    let form = StringForm(
      quote: quote,
      isTriple: cursor.peek(1) == quote && cursor.peek(2) == quote,
      isRaw: prefix.contains("r"),
      isInterpolated: prefix.contains("f") || prefix.contains("t"))
    cursor.advance(by: form.isTriple ? 3 : 1)
    nesting.append(.string(form))
    skipText(of: form, &cursor)
    return .string
  }

  mutating func scanText(of form: StringForm, _ cursor: inout ScalarCursor) -> PythonToken.Kind {
    if form.isInterpolated, cursor.current == "{", cursor.peek(1) != "{" {
      cursor.advance()
      nesting.append(.field)
      return .bracket
    }
    skipText(of: form, &cursor)
    return .string
  }

  /// Moves to the end of the string, of the line (unless the string goes on there) or to the next replacement field.
  private mutating func skipText(of form: StringForm, _ cursor: inout ScalarCursor) {
    while let scalar = cursor.current {
      switch scalar {
      case form.quote where cursor.starts(with: form.delimiter):
        cursor.advance(by: form.isTriple ? 3 : 1)
        nesting.removeLast()
        return
      case "\n" where !form.isTriple, "\r" where !form.isTriple:
        return
      case "{" where form.isInterpolated:
        guard cursor.peek(1) == "{" else { return }
        cursor.advance(by: 2)
      case "\\":
        skipEscape(in: form, &cursor)
      default:
        cursor.advance()
      }
    }
  }

  private mutating func skipEscape(in form: StringForm, _ cursor: inout ScalarCursor) {
    cursor.advance()
    if cursor.isAtLineEnd {
      isContinued = true
      cursor.skipTerminator()
    } else if form.isInterpolated, cursor.current == "{" || cursor.current == "}" {
      return
    } else if !form.isRaw, cursor.starts(with: "N{") {
      cursor.skip { $0 != "}" && $0 != form.quote && $0 != "\n" && $0 != "\r" }
    } else {
      cursor.advance()
    }
  }

  mutating func scanFormatSpecification(_ cursor: inout ScalarCursor) -> PythonToken.Kind {
    let owner = enclosingString
    switch cursor.current {
    case "{":
      cursor.advance()
      nesting.append(.field)
      return .bracket
    case "}":
      cursor.advance()
      nesting.removeLast(2)
      return .bracket
    default:
      var kind = PythonToken.Kind.string
      while let scalar = cursor.current, scalar != "{", scalar != "}" {
        if let owner, cursor.starts(with: owner.delimiter) {
          cursor.advance(by: owner.isTriple ? 3 : 1)
          closeEnclosingString()
          kind = .error
          break
        }
        cursor.advance()
      }
      return kind
    }
  }

  /// Ends a string in single quotes at the line's end: it cannot go on, so its part here becomes an error.
  mutating func endUnterminatedString(_ tokens: inout [PythonToken], at index: String.Index) {
    guard case .string(let form) = nesting.last, !form.isTriple, !isContinued else { return }
    nesting.removeLast()
    if let last = tokens.indices.last, tokens[last].kind == .string {
      tokens[last].kind = .error
    } else {
      tokens.append(PythonToken(kind: .error, range: index..<index))
    }
  }

  private var enclosingString: StringForm? {
    for case .string(let form) in nesting.reversed() { return form }
    return nil
  }

  private mutating func closeEnclosingString() {
    while let last = nesting.popLast() {
      if case .string = last { return }
    }
  }
}
