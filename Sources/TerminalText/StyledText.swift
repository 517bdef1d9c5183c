/// A line of text with the looks that a program has given to its parts. Its control characters are as they came.
public struct StyledText: Sendable, Hashable {
  /// A part of the text in one look.
  public struct Part: Sendable, Hashable {
    /// The part's length in UTF-8.
    public var bytes: Int
    public var look: TextLook
  }

  public private(set) var text: String
  /// The parts from the beginning to the end; empty where all of the text is plain.
  public private(set) var parts: [Part] = []

  public init(_ text: String = "", _ look: TextLook = .plain) {
    self.text = ""
    append(text, look)
  }

  public mutating func append(_ more: String, _ look: TextLook) {
    if more.isEmpty { return }
    let bytes = more.utf8.count
    if parts.isEmpty, look != .plain, !text.isEmpty {
      parts = [Part(bytes: text.utf8.count, look: .plain)]
    }
    text += more
    if parts.last?.look == look {
      parts[parts.count - 1].bytes += bytes
    } else if look != .plain || !parts.isEmpty {
      parts.append(Part(bytes: bytes, look: look))
    }
  }

  /// The memory that it takes, in bytes, roughly.
  public var cost: Int { text.utf8.count + parts.count * MemoryLayout<Part>.stride }

  /// Takes the first bytes away, or some fewer so that no character's code is cut.
  mutating func takeFirst(bytes: Int) -> StyledText {
    let head = text[...].prefix(bytes: bytes)
    var room = head.utf8.count
    var first = StyledText()
    var rest = StyledText()
    first.text = String(head)
    rest.text = String(text[head.endIndex...])
    for part in parts {
      let taken = min(room, part.bytes)
      room -= taken
      if taken > 0 { first.parts.append(Part(bytes: taken, look: part.look)) }
      if taken < part.bytes { rest.parts.append(Part(bytes: part.bytes - taken, look: part.look)) }
    }
    self = rest
    return first
  }

  /// Calls a function with each part and its look.
  func forEachPart(_ body: (Substring, TextLook) -> Void) {
    guard !parts.isEmpty else {
      if !text.isEmpty { body(text[...], .plain) }
      return
    }
    var start = text.startIndex
    for part in parts {
      let end = text.utf8.index(start, offsetBy: part.bytes)
      body(text[start..<end], part.look)
      start = end
    }
  }

  /// The text as a line to draw, with all control characters made visible.
  ///
  /// - Parameter role: the role of all of it, which the looks change.
  public func line(_ role: Style.Role) -> Line {
    if parts.isEmpty { return [Span(VisibleText.of(text), role)] }
    var line: Line = []
    var column = 0
    forEachPart { text, look in
      let shown = VisibleText.of(text, column: column)
      column += DisplayWidth.of(shown)
      line.append(Span(shown, Style(role, look: look == .plain ? nil : look)))
    }
    return line
  }

  /// Reads a whole text that has nothing to do with other output, and gives its lines to draw.
  public static func lines(of text: String, _ role: Style.Role) -> [Line] {
    var reader = OutputReader()
    var lines = [OutputLine()]
    for piece in reader.read(text) {
      if case .newline = piece { lines.append(OutputLine()) } else { lines[lines.count - 1].take(piece) }
    }
    return lines.map { $0.styled.line(role) }
  }
}

extension Substring {
  /// The first bytes in UTF-8, or some fewer so that no character's code is cut.
  package func prefix(bytes: Int) -> Substring {
    var end = utf8.index(startIndex, offsetBy: bytes, limitedBy: endIndex) ?? endIndex
    while end < endIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
    return self[..<end]
  }
}
