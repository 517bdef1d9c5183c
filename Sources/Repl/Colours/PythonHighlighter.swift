/// Colours Python source.
enum PythonHighlighter {
  /// The source's lines; control characters in them are visible.
  ///
  /// - Parameter marked: scalar offsets of brackets to mark.
  static func lines(of source: String, marking marked: Set<Int> = []) -> [Line] {
    var lines: [Line] = [[]]
    var column = 0
    var offset = 0
    for token in PythonLexer.tokens(in: source) {
      let text = source[token.range]
      if token.kind == .newline {
        lines.append([])
        column = 0
      } else {
        let pieces = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        let isMarked = token.kind == .bracket && marked.contains(offset)
        for (index, piece) in pieces.enumerated() {
          if index > 0 {
            lines.append([])
            column = 0
          }
          guard !piece.isEmpty else { continue }
          let span = Span(
            VisibleText.of(piece, column: column), isMarked ? .bracketMatch : role(of: token.kind, piece))
          column += span.width
          lines[lines.count - 1].append(span)
        }
      }
      offset += text.unicodeScalars.count
    }
    return lines
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
