/// What one stream brought, each run's part marked off.
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
  ///   - title: what that run is called, if not by its number.
  mutating func append(_ text: String, run: Int? = nil, title: String? = nil) {
    if let run, run != markedRun {
      markedRun = run
      ring.append(rule: title ?? "run \(run)")
    }
    ring.append(text, role: role)
  }

  /// The next text begins a line.
  mutating func endLine() { ring.endLine() }

  mutating func removeAll() {
    ring.removeAll()
    markedRun = nil
  }
}
