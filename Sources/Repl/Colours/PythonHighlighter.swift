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
