internal import TerminalText
/// Python source that is being edited, coloured. In a long text only the changed lines are looked at anew.
struct PythonText: Sendable {
  private struct Entry {
    var text: Substring
    /// The lexer's state at the line's start.
    var before: PythonLexer
    var after: PythonLexer
    var spans: Line
    var scalarCount: Int
    var brackets: [Bracket]
  }

  private struct Bracket {
    /// The bracket's place in the line, in scalars.
    var offset: Int
    var isClosing: Bool
    var span: Int
  }

  /// The place of a bracket among the spans.
  private struct Place {
    var line: Int
    var span: Int
    /// The bracket's place in the text, in scalars.
    var offset: Int
  }

  private var entries: [Entry] = []

  /// The lines; control characters in them are made visible.
  private(set) var lines: [Line] = []

  /// Takes the text as it is now.
  ///
  /// - Parameter cursor: the cursor's place, in scalars. The bracket there, or right before it, is marked
  ///   with its partner.
  mutating func update(_ source: String, cursor: Int? = nil) {
    let texts = source.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    let old = entries
    let shift = texts.count - old.count
    var lexer = PythonLexer()
    entries = texts.enumerated().map { index, text in
      let known = [index, index - shift].first { place in
        old.indices.contains(place) && old[place].text == text && old[place].before == lexer
      }
      let entry = known.map { old[$0] } ?? Self.read(text, lexer)
      lexer = entry.after
      return entry
    }
    lines = entries.map(\.spans)
    if let cursor { mark(at: cursor) }
  }

  private static func read(_ text: Substring, _ before: PythonLexer) -> Entry {
    var after = before
    let tokens = after.tokens(inLine: text)
    var offset = 0
    var brackets: [Bracket] = []
    for (index, token) in tokens.enumerated() {
      let piece = text[token.range]
      if token.kind == .bracket {
        brackets.append(
          Bracket(offset: offset, isClosing: piece == ")" || piece == "]" || piece == "}", span: index))
      }
      offset += piece.unicodeScalars.count
    }
    return Entry(
      text: text, before: before, after: after, spans: PythonHighlighter.line(tokens, of: text),
      scalarCount: offset,
      brackets: brackets)
  }

  private mutating func mark(at cursor: Int) {
    var start = 0
    var open: [Place] = []
    var partners: [Int: (Place, Place)] = [:]
    for (line, entry) in entries.enumerated() {
      for bracket in entry.brackets {
        let place = Place(line: line, span: bracket.span, offset: start + bracket.offset)
        if !bracket.isClosing {
          open.append(place)
        } else if let partner = open.popLast() {
          partners[partner.offset] = (partner, place)
          partners[place.offset] = (partner, place)
        }
      }
      start += entry.scalarCount + 1
    }
    guard let (one, other) = partners[cursor] ?? partners[cursor - 1] else { return }
    for place in [one, other] { lines[place.line][place.span].style = Style(.bracketMatch) }
  }
}
