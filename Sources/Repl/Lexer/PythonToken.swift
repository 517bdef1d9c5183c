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
