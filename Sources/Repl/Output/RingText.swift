internal import Pictures
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

    public init(lines: Int = 20_000, bytes: Int = 16 << 20) {
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
      /// A small picture of an image; the width is the image's, in pixels.
      case picture(Pixels, width: Int?)
    }

    var content: Content
    /// Text at the right end of the line's last row.
    var trailing: Line = []
    /// The reason why the line counts no more, such as "undone"; it is then drawn dim.
    var absence: String?
    /// The pane that shows this line too. The console leaves the line out while that pane is on the screen.
    var copyOf: Pane?
    /// True when the next entry goes on with the same line, which was too long to be drawn as one.
    var isContinued = false

    var cost: Int {
      switch content {
      case .raw(let text, _): text.cost + 32
      case .styled(let line): line.reduce(32) { $0 + $1.text.utf8.count + 32 }
      case .rule: 32
      case .picture(let pixels, _): pixels.bytes.count + 32
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
  mutating func append(_ pieces: [OutputReader.Piece], role: Style.Role, copyOf: Pane? = nil) {
    if pieces.isEmpty { return }
    var place = Cursor(role: role, copyOf: copyOf, first: ring.endIndex)
    if let cursor, cursor.role == role, cursor.copyOf == copyOf { place = cursor }
    for piece in pieces { write(piece, at: &place) }
    store(&place)
    cursor = place
    trim()
  }

  /// Adds a whole line.
  mutating func append(line: Line, trailing: Line = []) {
    cursor = nil
    let pieces =
      line.reduce(0) { $0 + $1.text.utf8.count } > Self.pieceBytes
      ? line.wrapped(to: Self.pieceBytes) : [line]
    for piece in pieces.dropLast() { push(Stored(content: .styled(piece), isContinued: true)) }
    push(Stored(content: .styled(pieces.last ?? []), trailing: trailing))
    trim()
  }

  /// Adds a line across the pane.
  mutating func append(rule title: String) {
    cursor = nil
    push(Stored(content: .rule(title)))
    trim()
  }

  /// Adds a picture.
  mutating func append(picture: Pixels, width: Int?) {
    cursor = nil
    push(Stored(content: .picture(picture, width: width)))
    trim()
  }

  /// The number of lines that output has come to an end with, the dropped ones included.
  var endedLines: Int {
    guard let cursor, cursor.bottom < ring.endIndex else { return ring.endIndex }
    return cursor.bottom
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
        Stored(content: .raw(text, cursor.role), copyOf: cursor.copyOf, isContinued: isContinued))
    }
  }

  private mutating func trim() {
    while ring.count > 1, ring.count > limits.lines || byteCount > limits.bytes {
      byteCount -= ring.removeFirst()?.cost ?? 0
    }
  }
}

/// The lines of a ring that a pane shows.
struct RingLines: ScrollSource {
  let ring: RingText
  /// Panes whose lines are left out, because they are on the screen themselves.
  var left: Set<Pane> = []

  /// The ring's numbers; when lines were dropped, one more in front for a note of that.
  var numbers: Range<Int> {
    ring.droppedCount > 0 ? ring.numbers.lowerBound - 1..<ring.numbers.upperBound : ring.numbers
  }

  func line(_ number: Int) -> DrawnLine? {
    guard number >= ring.numbers.lowerBound else {
      return DrawnLine(spans: [
        Span("… \(Numbers.grouped(ring.droppedCount)) older lines were dropped", .notice)
      ])
    }
    guard let stored = ring[number] else { return nil }
    if let pane = stored.copyOf, left.contains(pane) { return nil }
    guard var drawn = drawn(stored) else { return nil }
    guard let absence = stored.absence else { return drawn }
    drawn.spans = drawn.spans.map { Span($0.text, .dim) }
    if !drawn.trailing.isEmpty { drawn.trailing = [Span("  " + absence, .dim)] }
    return drawn
  }

  private func drawn(_ stored: RingText.Stored) -> DrawnLine? {
    switch stored.content {
    case .raw(let text, let role):
      return DrawnLine(spans: text.line(role), trailing: stored.trailing)
    case .styled(let line): return DrawnLine(spans: line, trailing: stored.trailing)
    case .picture(let pixels, let width): return DrawnLine(spans: [], picture: (pixels, width))
    case .rule(let title): return DrawnLine(spans: [Span("── \(title) ", .dim)], isRule: true)
    }
  }
}
