/// One lexical piece of a line of Python.
public struct PythonToken: Sendable, Equatable {
  public enum Kind: Sendable, Equatable, CaseIterable {
    /// A reserved word, or a soft keyword (`match`, `case`, `type`) where it is used as one.
    case keyword
    case name
    case number
    /// A string literal with its prefix, or the part of one that lies on this line or between replacement fields.
    case string
    case comment
    case `operator`
    /// Round, square and curly brackets, those of replacement fields too.
    case bracket
    case newline
    /// Blanks, and the backslash that joins a line with the next one.
    case whitespace
    /// A text that no Python program can contain: an unmatched closing bracket, an unterminated string, a
    /// stray character.
    case error
  }

  public var kind: Kind
  /// The token's place in the text given to the lexer.
  public var range: Range<String.Index>

  public init(kind: Kind, range: Range<String.Index>) {
    self.kind = kind
    self.range = range
  }

  var isSignificant: Bool {
    kind != .whitespace && kind != .comment && kind != .newline
  }
}

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
