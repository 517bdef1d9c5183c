/// The closed sets of words and signs in the Python 3.14 grammar.
enum PythonWords {
  static let keywords: Set<Substring> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
  ]

  /// The words that open a compound statement when a colon follows.
  static let compound: Set<Substring> = ["if", "for", "while", "with", "try", "def", "class", "async"]

  /// The words that go on with a compound statement at its own indentation.
  static let continuations: Set<Substring> = ["else", "elif", "except", "finally"]

  /// The words that may follow a decorator.
  static let definitions: Set<Substring> = ["def", "class", "async", "@"]

  /// The words after which their suite ends.
  static let suiteEnds: Set<Substring> = ["return", "pass", "break", "continue", "raise"]

  /// The prefixes of strings, in lower case.
  static let stringPrefixes: Set<String> = [
    "r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt",
  ]

  /// The operators, longest first.
  static let operators: [String] = [
    "**=", "//=", ">>=", "<<=", "...",
    "**", "//", ">>", "<<", "!=", "==", "<=", ">=", "->", ":=",
    "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=",
    "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<", ">", "=", ".", ",", ":", ";",
  ]

  /// The operators with which an expression can begin.
  static let prefixOperators: Set<Substring> = ["-", "+", "~", "*", "..."]
}
