internal import MCP
internal import TerminalText

/// Colours Python source.
enum PythonHighlighter {
  /// Gives the source's lines; control characters in them are made visible.
  static func lines(of source: String) -> [Line] {
    var text = PythonText()
    text.update(source)
    return text.lines
  }

  /// Makes a span of each token of one line.
  static func line(_ tokens: [PythonToken], of text: Substring) -> Line {
    var column = 0
    return tokens.map { token in
      let piece = text[token.range]
      let span = Span(VisibleText.of(piece, column: column), role(of: token.kind, piece))
      column += span.width
      return span
    }
  }

  private static func role(of kind: PythonToken.Kind, _ text: Substring) -> Style.Role {
    switch kind {
    case .keyword: .keyword
    case .name: builtins.contains(text) ? .builtin : .name
    case .number: .number
    case .string: .string
    case .comment: .comment
    case .operator, .bracket: .operatorText
    case .newline, .whitespace: .plain
    case .error: .errorText
    }
  }

  private static let builtins: Set<Substring> = [
    "abs", "aiter", "all", "anext", "any", "ascii", "bin", "bool", "breakpoint", "bytearray", "bytes",
    "callable", "chr",
    "classmethod", "compile", "complex", "delattr", "dict", "dir", "divmod", "enumerate", "eval", "exec",
    "filter",
    "float", "format", "frozenset", "getattr", "globals", "hasattr", "hash", "help", "hex", "id", "input",
    "int",
    "isinstance", "issubclass", "iter", "len", "list", "locals", "map", "max", "memoryview", "min", "next",
    "object",
    "oct", "open", "ord", "pow", "print", "property", "range", "repr", "reversed", "round", "set", "setattr",
    "slice",
    "sorted", "staticmethod", "str", "sum", "super", "tuple", "type", "vars", "zip",
    "self", "cls", "Exception", "ValueError", "TypeError", "KeyError", "IndexError", "RuntimeError",
    "NotImplementedError",
  ]
}

/// Colours Python's tracebacks.
enum TracebackHighlighter {
  static func lines(of text: String) -> [Line] {
    var text = text[...]
    while text.last == "\n" { text.removeLast() }
    return VisibleText.lines(of: text).map(line)
  }

  private static func line(_ text: String) -> Line {
    let content = text.drop { $0 == " " || $0 == "|" || $0 == "+" }
    let indent = text[..<content.startIndex]
    if content.hasPrefix("File \"") {
      return [Span(String(indent), .dim)] + location(content)
    }
    if !content.isEmpty, content.allSatisfy({ $0 == "^" || $0 == "~" || $0 == " " }) {
      return [Span(text, .errorText)]
    }
    if content.hasPrefix("Traceback (most recent call last)") || content.hasPrefix("During handling of")
      || content.hasPrefix("The above exception was") || content.hasPrefix("[Previous line repeated")
    {
      return [Span(text, .dim)]
    }
    // Quoted source is indented by four columns; the exception's message is not indented.
    if indent.count >= 4, !indent.contains("|") {
      return [Span(String(indent))] + (PythonHighlighter.lines(of: String(content)).first ?? [])
    }
    return exception(text)
  }

  /// Colours a line such as `File "x.py", line 3, in f`.
  private static func location(_ text: Substring) -> Line {
    guard let close = text.dropFirst(6).firstIndex(of: "\"") else { return [Span(String(text), .dim)] }
    let path = text[text.index(text.startIndex, offsetBy: 5)...close]
    return [Span("File ", .dim), Span(String(path), .string)]
      + text[text.index(after: close)...].split(separator: " ", omittingEmptySubsequences: false).enumerated()
      .map { index, word in
        let isNumber = word.first?.isNumber == true
        return Span((index > 0 ? " " : "") + word, isNumber ? .number : .dim)
      }
  }

  /// Colours a line such as `ValueError: what was wrong`.
  private static func exception(_ text: String) -> Line {
    let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    let rest = text[name.endIndex...]
    guard !name.isEmpty, rest.isEmpty || rest.hasPrefix(":") else { return [Span(text, .errorText)] }
    return [
      Span(String(name), Style(.errorText, look: TextLook(attributes: .bold))),
      Span(String(rest), .errorText),
    ]
  }
}

/// Lays JSON out for people, coloured.
enum JSONHighlighter {
  private static let indent = 2

  static func lines(of json: JSON) -> [Line] {
    var writer = Writer()
    writer.write(json, level: 0)
    return writer.lines
  }

  private struct Writer {
    var lines: [Line] = [[]]

    mutating func put(_ text: String, _ role: Style.Role) {
      lines[lines.count - 1].append(Span(VisibleText.of(text), role))
    }

    mutating func newLine(_ level: Int) {
      lines.append(level > 0 ? [Span(String(repeating: " ", count: indent * level))] : [])
    }

    mutating func write(_ json: JSON, level: Int) {
      switch json {
      case .null, .bool: put(json.text, .jsonLiteral)
      case .integer, .number, .digits: put(json.text, .jsonNumber)
      case .string: put(json.text, .jsonString)
      case .array(let elements) where !elements.isEmpty:
        put("[", .operatorText)
        for (index, element) in elements.enumerated() {
          if index > 0 { put(",", .operatorText) }
          newLine(level + 1)
          write(element, level: level + 1)
        }
        newLine(level)
        put("]", .operatorText)
      case .object(let members) where !members.isEmpty:
        put("{", .operatorText)
        for (index, member) in members.enumerated() {
          if index > 0 { put(",", .operatorText) }
          newLine(level + 1)
          put(JSON.string(member.key).text, .jsonKey)
          put(": ", .operatorText)
          write(member.value, level: level + 1)
        }
        newLine(level)
        put("}", .operatorText)
      case .array, .object: put(json.text, .operatorText)
      }
    }
  }
}
