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
