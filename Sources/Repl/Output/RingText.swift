internal import Pictures
internal import TerminalText
internal import Traffic

/// Lines of output, the newest last, bounded in number and in bytes: the oldest are dropped.
///
/// Text is kept as it came and made visible when it is drawn. A carriage return takes back the line before
/// it, as on a terminal. So a progress bar stays one line.
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
      /// Text as it came.
      case raw(String, Style.Role)
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
      case .raw(let text, _): text.utf8.count + 32
      case .styled(let line): line.reduce(32) { $0 + $1.text.utf8.count + 32 }
      case .rule: 32
      case .picture(let pixels, _): pixels.bytes.count + 32
      }
    }
  }

  /// Longer lines are kept in pieces, so that none takes long to draw.
  private static let pieceBytes = 8192

  public let limits: Limits
  private(set) var byteCount = 0
  private var ring = Ring<Stored>()
  /// True when the last line has no newline yet.
  private(set) var isOpen = false

  public init(limits: Limits = Limits()) {
    self.limits = limits
  }

  /// The number of kept lines.
  public var count: Int { ring.count }
  /// The number of lines that were dropped since the last ``removeAll()``.
  public var droppedCount: Int { ring.droppedCount }
  var numbers: Range<Int> { ring.indices }

  subscript(number: Int) -> Stored? { ring[number] }

  /// Adds output that may hold newlines and may end within a line.
  mutating func append(_ text: some StringProtocol, role: Style.Role, copyOf: Pane? = nil) {
    var rest = Substring(text).utf8[...]
    while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
      extendLine(with: Substring(rest[..<newline]), role, copyOf)
      isOpen = false
      rest = rest[rest.index(after: newline)...]
    }
    if !rest.isEmpty {
      extendLine(with: Substring(rest), role, copyOf)
      isOpen = true
    }
    trim()
  }

  /// Adds a whole line.
  mutating func append(line: Line, trailing: Line = []) {
    isOpen = false
    let pieces =
      line.reduce(0) { $0 + $1.text.utf8.count } > Self.pieceBytes
      ? line.wrapped(to: Self.pieceBytes) : [line]
    for piece in pieces.dropLast() { push(Stored(content: .styled(piece), isContinued: true)) }
    push(Stored(content: .styled(pieces.last ?? []), trailing: trailing))
    trim()
  }

  /// Adds a line across the pane.
  mutating func append(rule title: String) {
    isOpen = false
    push(Stored(content: .rule(title)))
    trim()
  }

  /// Adds a picture.
  mutating func append(picture: Pixels, width: Int?) {
    isOpen = false
    push(Stored(content: .picture(picture, width: width)))
    trim()
  }

  /// Ends the last line if it has no newline yet.
  mutating func endLine() { isOpen = false }

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
    isOpen = false
  }

  /// All kept lines, as text.
  public var plainText: String {
    var text = ""
    for number in numbers {
      guard let stored = ring[number] else { continue }
      switch stored.content {
      case .raw(let raw, _): text += raw
      case .styled(let line): text += line.plainText
      case .rule(let title): text += "-- \(title) --"
      case .picture: continue
      }
      if !stored.isContinued { text += "\n" }
    }
    return text
  }

  private mutating func extendLine(with piece: Substring, _ role: Style.Role, _ copyOf: Pane?) {
    var rest = piece
    if isOpen, let last = ring.last, case .raw(let text, role) = last.content, last.copyOf == copyOf {
      let joined = Self.afterCarriageReturn(text + rest)
      guard joined.utf8.count > Self.pieceBytes else {
        byteCount += joined.utf8.count - text.utf8.count
        ring[ring.endIndex - 1]?.content = .raw(String(joined), role)
        return
      }
      ring.removeLast()
      byteCount -= last.cost
      rest = joined
    }
    rest = Self.afterCarriageReturn(rest)
    while rest.utf8.count > Self.pieceBytes {
      let cut = Self.scalarBoundary(of: rest, near: Self.pieceBytes)
      push(Stored(content: .raw(String(rest[..<cut]), role), copyOf: copyOf, isContinued: true))
      rest = rest[cut...]
    }
    push(Stored(content: .raw(String(rest), role), copyOf: copyOf))
  }

  /// The part of a line that a terminal would show: what follows its last carriage return, but for one at its
  /// end.
  private static func afterCarriageReturn(_ text: Substring) -> Substring {
    let utf8 = text.utf8
    guard utf8.contains(UInt8(ascii: "\r")) else { return text }
    var end = utf8.endIndex
    while end > utf8.startIndex, utf8[utf8.index(before: end)] == UInt8(ascii: "\r") {
      end = utf8.index(before: end)
    }
    guard let last = utf8[..<end].lastIndex(of: UInt8(ascii: "\r")) else { return text[..<end] }
    return text[utf8.index(after: last)..<end]
  }

  private static func scalarBoundary(of text: Substring, near offset: Int) -> String.Index {
    var index = text.utf8.index(text.startIndex, offsetBy: offset)
    while index > text.startIndex, text.utf8[index] & 0xC0 == 0x80 { index = text.utf8.index(before: index) }
    return index
  }

  private mutating func push(_ stored: Stored) {
    ring.append(stored)
    byteCount += stored.cost
  }

  private mutating func trim() {
    while ring.count > 1, ring.count > limits.lines || byteCount > limits.bytes {
      byteCount -= ring.removeFirst()?.cost ?? 0
    }
  }
}

/// The text of one stream, with each run's part marked off.
struct StreamText: Sendable {
  private(set) var ring: RingText
  private let role: Style.Role
  /// The run whose line across the pane was drawn last.
  private var markedRun: Int?

  init(role: Style.Role, limits: RingText.Limits = RingText.Limits()) {
    self.role = role
    ring = RingText(limits: limits)
  }

  /// - Parameters:
  ///   - run: the run that it comes from; nil for text that belongs to none.
  ///   - title: that run's name, if it is not called by its number.
  mutating func append(_ text: String, run: Int? = nil, title: String? = nil) {
    if let run, run != markedRun {
      markedRun = run
      ring.append(rule: title ?? "run \(run)")
    }
    ring.append(text, role: role)
  }

  /// Ends the line, so that the next text begins a new one.
  mutating func endLine() { ring.endLine() }

  mutating func removeAll() {
    ring.removeAll()
    markedRun = nil
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
      return DrawnLine(spans: [Span(VisibleText.of(text), role)], trailing: stored.trailing)
    case .styled(let line): return DrawnLine(spans: line, trailing: stored.trailing)
    case .picture(let pixels, let width): return DrawnLine(spans: [], picture: (pixels, width))
    case .rule(let title): return DrawnLine(spans: [Span("── \(title) ", .dim)], isRule: true)
    }
  }
}
