internal import TerminalText

/// The text of one stream, with each run's part marked off.
struct StreamText: Sendable {
  private(set) var ring: RingText
  private let role: Style.Role
  private var reader = OutputReader()
  /// The run whose line across the pane was drawn last.
  private var markedRun: Int?

  init(role: Style.Role, limits: RingText.Limits = RingText.Limits()) {
    self.role = role
    ring = RingText(limits: limits)
  }

  /// Adds output that may end within a line or an escape sequence.
  ///
  /// - Parameters:
  ///   - run: the run that it comes from; nil for text that belongs to none.
  ///   - title: that run's name, if it is not called by its number.
  /// - Returns: the output as it was read.
  @discardableResult
  mutating func append(_ text: String, run: Int? = nil, title: String? = nil) -> [OutputReader.Piece] {
    if let run, run != markedRun {
      markedRun = run
      ring.append(rule: title ?? "run \(run)")
    }
    let pieces = reader.read(text)
    ring.append(pieces, role: role)
    return pieces
  }

  /// Adds whole lines that have nothing to do with the output before them.
  mutating func append(lines text: String) {
    ring.endLine()
    var reader = OutputReader()
    ring.append(reader.read(text), role: role)
    ring.endLine()
  }

  /// Ends the output of a run: the next text begins a new line, and in the stream's own look.
  mutating func end() {
    ring.endLine()
    reader.reset()
  }

  mutating func removeAll() {
    ring.removeAll()
    markedRun = nil
  }
}
