internal import TerminalText
internal import Traffic

/// Lines of output, the newest last, bounded in number and in bytes: the oldest are dropped.
///
/// Text is kept with its looks and made visible when it is drawn. Output may print over its own last lines, as on a
/// terminal. So a progress bar stays one line.
public struct RingText: Sendable {
  /// The limits of the kept text. The newest line is kept whatever its size.
  public struct Limits: Sendable, Hashable {
    public var lines: Int
    public var bytes: Int

    public init(lines: Int = 100_000, bytes: Int = 16 << 20) {
      self.lines = lines
      self.bytes = bytes
    }
  }

  struct Stored: Sendable {
    enum Content: Sendable {
      /// Output with its control characters.
      case raw(StyledText, Style.Role)
      /// A line that is visible already.
      case styled(Line)
      /// A line across the pane with a title in it.
      case rule(String)
      case picture(ImagePreview)
    }

    var content: Content
    /// Text at the right end of the line's last row.
    var trailing: Line = []
    /// The reason why the line counts no more, such as "undone"; it is then drawn dim.
    var absence: String?
    /// The mark of a line of code; nil for others.
    var gutter: Gutter?
    /// True when the next entry goes on with the same line, which was too long to be drawn as one.
    var isContinued = false

    var cost: Int {
      switch content {
      case .raw(let text, _): text.cost + 32
      case .styled(let line): line.reduce(32) { $0 + $1.text.utf8.count + 32 }
      case .rule: 32
      case .picture(let preview): preview.byteCount + 32
      }
    }
  }

  public let limits: Limits
  private(set) var byteCount = 0
  private var ring = Ring<Stored>()
  /// The place where output goes on; nil when it begins a line of its own.
  private var cursor: Cursor?

  public init(limits: Limits = Limits()) {
    self.limits = limits
  }

  /// The number of kept lines.
  public var count: Int { ring.count }
  /// The number of lines that were dropped since the last ``removeAll()``.
  public var droppedCount: Int { ring.droppedCount }
  var numbers: Range<Int> { ring.indices }

  subscript(number: Int) -> Stored? { ring[number] }

  /// Adds output, which may end within a line and may change the last lines of the same origin.
  mutating func append(_ pieces: [OutputReader.Piece], role: Style.Role) {
    if pieces.isEmpty { return }
    var place = Cursor(role: role, first: ring.endIndex)
    if let cursor, cursor.role == role { place = cursor }
    for piece in pieces { write(piece, at: &place) }
    store(&place)
    cursor = place
    trim()
  }

  /// Adds a whole line.
  ///
  /// - Parameter head: the cells of a long line's first piece; nil keeps as much together as there is room for.
  mutating func append(line: Line, gutter: Gutter? = nil, head: Int? = nil) {
    cursor = nil
    var pieces = head.map { [line.prefix(cells: $0)] } ?? []
    let rest = head.map { line.dropFirst(cells: $0) } ?? line
    pieces +=
      rest.reduce(0) { $0 + $1.text.utf8.count } > Self.pieceBytes
      ? rest.wrapped(to: Self.pieceBytes) : [rest]
    for piece in pieces.dropLast() {
      push(Stored(content: .styled(piece), gutter: gutter, isContinued: true))
    }
    push(Stored(content: .styled(pieces.last ?? []), gutter: gutter))
    trim()
  }

  /// Adds a line across the pane.
  mutating func append(rule title: String) {
    cursor = nil
    push(Stored(content: .rule(title)))
    trim()
  }

  /// Adds a picture.
  mutating func append(picture: ImagePreview) {
    cursor = nil
    push(Stored(content: .picture(picture)))
    trim()
  }

  /// The last line's text, if it is a command.
  var lastCommand: String? {
    guard let last = ring.last, last.gutter == .code(nil), case .styled(let line) = last.content else {
      return nil
    }
    return line.plainText
  }

  /// True when the last line is blank, or there is none.
  var endsBlank: Bool {
    switch ring.last?.content {
    case .styled(let line)?: line.isEmpty
    case .raw(let text, _)?: text.text.isEmpty
    case .rule?, .picture?: false
    case nil: true
    }
  }

  /// Ends the last line if it has no newline yet.
  mutating func endLine() { cursor = nil }

  /// Puts text at the right end of a line, if it is still there.
  mutating func setTrailing(_ line: Line, at number: Int) {
    ring[number]?.trailing = line
  }

  /// Notes why lines count no more, if they are still there; nil makes them count again.
  mutating func setAbsence(_ absence: String?, of lines: Range<Int>) {
    for number in lines.clamped(to: numbers) where ring[number]?.absence != absence {
      ring[number]?.absence = absence
    }
  }

  mutating func removeAll() {
    ring.removeAll()
    byteCount = 0
    cursor = nil
  }

  /// All kept lines, as text.
  public var plainText: String {
    var text = ""
    for number in numbers {
      guard let stored = ring[number] else { continue }
      text += stored.gutter?.prompt ?? ""
      switch stored.content {
      case .raw(let raw, _): text += raw.text
      case .styled(let line): text += line.plainText
      case .rule(let title): text += "-- \(title) --"
      case .picture: continue
      }
      if !stored.isContinued { text += "\n" }
    }
    return text
  }

  private mutating func push(_ stored: Stored) {
    ring.append(stored)
    byteCount += stored.cost
  }

  /// Changes a line, or adds the next one. A line that was dropped meanwhile stays away.
  mutating func put(_ text: StyledText, at number: Int, of cursor: Cursor, isContinued: Bool = false) {
    if var stored = ring[number] {
      byteCount -= stored.cost
      stored.content = .raw(text, cursor.role)
      stored.isContinued = stored.isContinued || isContinued
      ring[number] = stored
      byteCount += stored.cost
    } else if number == ring.endIndex {
      push(
        Stored(content: .raw(text, cursor.role), isContinued: isContinued))
    }
  }

  private mutating func trim() {
    while ring.count > 1, ring.count > limits.lines || byteCount > limits.bytes {
      byteCount -= ring.removeFirst()?.cost ?? 0
    }
  }
}
