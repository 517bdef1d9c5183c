internal import TerminalText

/// The lines that the console shows at first. They go with the first block.
public struct Greeting: Sendable, Hashable, ExpressibleByStringLiteral {
  /// A thing to try, and what it does.
  public struct Hint: Sendable, Hashable {
    public var key: String
    public var text: String

    public init(_ key: String, _ text: String) {
      self.key = key
      self.text = text
    }
  }

  /// A sentence that says what this is.
  public var title: String
  public var hints: [Hint]
  /// The packages, or what else there is to know.
  public var end: String?

  public init(title: String, hints: [Hint] = [], end: String? = nil) {
    self.title = title
    self.hints = hints
    self.end = end
  }

  public init(stringLiteral title: String) { self.init(title: title) }

  var lines: [Line] {
    let width = hints.map { DisplayWidth.of($0.key) }.max() ?? 0
    let rows = hints.map { hint -> Line in
      ([Span(hint.key, .prompt)] as Line).padded(to: width + 3) + [Span(hint.text)]
    }
    let first: [Line] = title.isEmpty ? [] : [[Span(VisibleText.of(title), .notice)]]
    return first + rows + (end.map { [[Span(VisibleText.of($0), .dim)]] } ?? [])
  }
}
