internal import TerminalText

/// The commands that fit the typed text, best first.
struct Palette: Layer {
  struct Item: Sendable {
    var command: Command
    var match: FuzzyMatch
    var title: String
  }

  private(set) var query = ""
  private(set) var items: [Item] = []
  private(set) var selected = 0

  init() { find() }

  /// The commands that make sense whatever is on the screen.
  static let commands = CommandTable.all.filter { command in
    command.isTyped || command.keys.contains { $0.context == .anywhere }
  }

  static func title(of command: Command) -> String {
    command.usage.map { "\($0)  \(command.help)" } ?? command.help
  }

  mutating func type(_ text: String) {
    query += text
    find()
  }

  mutating func erase() {
    if !query.isEmpty { query.removeLast() }
    find()
  }

  mutating func move(by step: Int) {
    guard !items.isEmpty else { return }
    selected = (selected + step + items.count) % items.count
  }

  var choice: Command? { items.indices.contains(selected) ? items[selected].command : nil }

  private mutating func find() {
    selected = 0
    let found = Self.commands.compactMap { command in
      let title = Self.title(of: command)
      guard var match = FuzzyMatch(query, in: title) else { return nil as Item? }
      // A name that fits is meant more often than a help text that does.
      if command.isTyped, let name = FuzzyMatch(query, in: command.id.rawValue) {
        match.score += 5 + name.score
      }
      return Item(command: command, match: match, title: title)
    }
    // Equal ones stay in the table's order.
    items = found.enumerated().sorted {
      ($1.element.match.score, $0.offset) < ($0.element.match.score, $1.offset)
    }
    .map(\.element)
  }

  let endsAtInterrupt = true

  func level(_ focus: Focus) -> LayerLevel { .palette }

  func contexts(in app: App) -> [KeyContext] { [.palette, .anywhere] }

  mutating func handle(_ event: LayerEvent, in app: inout App) -> Outcome {
    switch event {
    case .command(.choose): return .taken(takeChoice(in: &app))
    case .command(.nextChoice): move(by: 1)
    case .command(.previousChoice): move(by: -1)
    case .command(.eraseCharacter): erase()
    case .command(.dismiss): app.layers.close(Palette.self)
    case .text(.character(let character)): type(String(character))
    case .text(.paste(let text)): type(text)
    case .text, .mouse(.press, _), .mouse(.release, _): break
    case .command, .mouse, .find: return .left
    }
    return .taken()
  }

  /// Does the chosen command at once; one that wants an argument is put at the prompt instead.
  private func takeChoice(in app: inout App) -> [AppAction] {
    guard let command = choice else { return [] }
    app.layers.close(Palette.self)
    guard command.isTyped, command.argument != .none else { return app.perform(command.id) }
    return app.beginCommand(command.id)
  }

  func draw(on canvas: inout Canvas, in app: App) {
    let columns = min(app.size.columns, 90)
    let rows = min(max(3, app.size.rows - 4), 16)
    let rect = Rect(column: (app.size.columns - columns) / 2, row: 1, columns: columns, rows: rows)
    canvas.put(lines(size: rect.size), in: rect, fill: Style(.menu))
  }

  /// The box's lines: the query, then the items around the selected one.
  func lines(size: Size) -> [Line] {
    let room = max(0, size.rows - 1)
    let first = max(0, min(selected - room / 2, items.count - room))
    let query: Line = [Span(" Command: ", .heading), Span(VisibleText.of(query))]
    let rows = items.dropFirst(first).prefix(room).enumerated().map { index, item -> Line in
      let role: Style.Role = first + index == selected ? .selection : .menu
      let offsets = Set(item.match.positions)
      // The letters that fit are set off by their form, so that a row has one colour.
      let title = item.title.enumerated().map { place, letter in
        let isMatch = offsets.contains(place)
        return Span(
          String(letter), Style(role, look: isMatch ? TextLook(attributes: [.bold, .underline]) : nil))
      }
      return ([Span(" ", role)] + title).beside(
        [Span(" " + item.command.keyNames() + " ", role)], columns: size.columns, fill: Style(role))
    }
    let nothing: [Line] = items.isEmpty ? [[Span(" Nothing fits.", .menu)]] : []
    return [query] + rows + nothing
  }
}
