internal import SystemSupport
public import TerminalText
internal import Traffic

extension App {
  /// The frame that the screen is to show now.
  public func frame() -> Frame {
    var canvas = Canvas(size: size)
    if layout.isTooSmall {
      let sentence =
        "This terminal is too small for the panes: \(Layout.smallest.columns)x\(Layout.smallest.rows) is wanted, it has \(size.columns)x\(size.rows). The prompt works."
      let room = Rect(column: 0, row: 0, columns: size.columns, rows: max(0, layout.prompt.row))
      canvas.put(TextWords.wrapped(sentence, to: max(1, size.columns)).map { [Span($0, .warning)] }, in: room)
    } else {
      seenInPanesPlace?.draw(on: &canvas, in: self)
      canvas.put([ruleLine], in: layout.rule)
    }
    for layer in layersFromTop.reversed() where !layer.coversPanes { layer.draw(on: &canvas, in: self) }
    canvas.put([statusLine], in: layout.status, fill: Style(.status))
    let frame = canvas.frame(cursor: (layersFromTop.first as? PromptLayer)?.cursor(in: self))
    return options.isASCII ? frame.inASCII : frame
  }
}

extension App {
  private static let spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
  private static let spinnerInASCII = ["|", "/", "-", "\\"]

  /// The line between panes and prompt: a question, a short message, or the place in the sessions.
  var ruleLine: Line {
    let right =
      ([Span(" \(place) ", .dim)] as Line).prefix(cells: size.columns * 3 / 5) + [Span("──", .border)]
    let left: Line
    if let note = layersFromTop.lazy.compactMap({ $0.note(in: self) }).first {
      left = note
    } else if let waitingText {
      left = [Span(" \(waitingText) ", .warning)]
    } else if let flash {
      left = [Span(" \(VisibleText.of(flash.text)) ", flash.role)]
    } else {
      left = hints(columns: size.columns - 3 - right.width)
    }
    let head: Line = [Span("──", focus == .prompt ? .borderFocused : .border)] + left
    let rest = size.columns - head.width - right.width
    return rest > 0 ? head + [Span(String(repeating: "─", count: rest), .border)] + right : head
  }

  /// The place in the scrolled text, in words.
  private var place: String { layersFromTop.lazy.compactMap { $0.place(in: self) }.first ?? "" }

  /// The most useful keys of the current context, taken from the table, as far as there is room.
  private func hints(columns: Int) -> Line {
    var seen: Set<Command.ID> = []
    var hints: [String] = []
    /// The way to all others stands last, whatever there is room for before it.
    var last = ""
    for context in contexts {
      for command in CommandTable.all {
        guard let hint = command.hint, let binding = command.keys.first(where: { $0.context == context }),
          seen.insert(command.id).inserted
        else { continue }
        let text = "  \(binding.key.name) \(hint)"
        if command.id == .placeHelp { last = text } else { hints.append(text) }
      }
    }
    let room = columns - DisplayWidth.of(last) - 1
    var text = ""
    for hint in hints where DisplayWidth.of(text + hint) <= room { text += hint }
    text = (text + last).dropFirst().description
    return text.isEmpty ? [] : [Span(text + " ", .dim)]
  }

  var statusLine: Line {
    let style = Style(.status)
    let (state, role) = stateText
    let left: Line = [Span(sessionName, style), Span(" \(VisibleText.of(state)) ", role)]
    var right: [String] = []
    if let mode = prompt.editor.viMode { right.append(mode == .insert ? "vi INSERT" : "vi NORMAL") }
    if let tracePath { right.append("trace " + VisibleText.of(tracePath)) }
    if let memory { right.append(Numbers.bytes(memory)) }
    right.append("F1 help")
    let end: Line = [Span(" " + right.joined(separator: " · ") + " ", style)]
    let room = size.columns - left.width - end.width
    let server = serverTexts.first { DisplayWidth.of($0) + 2 <= room } ?? ""
    return (left + [Span(" \(server) ", style)]).beside(end, columns: size.columns, fill: style)
  }

  /// The facts about the session and its server in words, each text shorter than the one before.
  private var serverTexts: [String] {
    guard case .connected(let details) = server else { return [] }
    let revision = ["MCP \(details.revision)"]
    let python = details.pythonVersion.map { ["Python \($0)"] } ?? []
    let product = ["\(details.name) \(details.version)"]
    guard let packages = details.packages else {
      let texts = [
        product + revision + python, [details.name] + revision + python, revision + python, revision,
      ]
      return texts.map { VisibleText.of($0.joined(separator: " · ")) }
    }
    let session = [Self.packages(packages)] + (details.network.map { ["network \($0)"] } ?? []) + checkpoints
    let texts = [
      session + product + revision + python, session + revision + python, session + python, session,
      [Self.packages(packages)] + checkpoints, [Self.packages(packages)], revision,
    ]
    return texts.map { VisibleText.of($0.joined(separator: " · ")) }
  }

  private var checkpoints: [String] {
    let count = sessions.checkpointNames.count
    return count == 0 ? [] : [count == 1 ? "1 checkpoint" : "\(count) checkpoints"]
  }

  /// The first packages by name, and the number of the others.
  private static func packages(_ all: [String]) -> String {
    if all.isEmpty { return "no packages" }
    let names = all.prefix(3).joined(separator: " ")
    return all.count > 3 ? "\(names) +\(all.count - 3)" : names
  }

  /// The session's name; empty for a server that has none.
  private var sessionName: String {
    guard case .connected(let details) = server, details.runsPython else { return "" }
    return " " + VisibleText.of(sessions.current.name)
  }

  private var stateText: (String, Style.Role) {
    if let run = runs.current {
      let elapsed = max(0, now.timeIntervalSince(run.start))
      if prompt.question != nil { return ("input for \(run.title)", .statusBusy) }
      return ("\(spinnerSign) \(run.title) · \(Numbers.duration(max(elapsed, 0.001)))", .statusBusy)
    }
    if let pendingRequest {
      let elapsed = max(0.001, now.timeIntervalSince(pendingRequest.start))
      return ("\(spinnerSign) \(pendingRequest.request.doing) · \(Numbers.duration(elapsed))", .statusBusy)
    }
    switch server {
    case .connecting(let what):
      let elapsed = now.timeIntervalSince(serverStateStart)
      let time = elapsed < 1 ? "" : " · \(Numbers.duration(elapsed))"
      return ("\(spinnerSign) \(what.isEmpty ? "connecting" : what)\(time)", .statusBusy)
    case .connected where sessions.isWorthTelling: return ("● ready · #\(sessions.current.position)", .status)
    case .connected: return ("● ready", .status)
    case .disconnected, .unprepared: return ("no server", .statusAlert)
    case .replaying(let file): return ("replay \(file)", .status)
    }
  }

  var spinnerSign: String {
    let signs = options.isASCII ? Self.spinnerInASCII : Self.spinner
    return signs[Int((now.timeIntervalSince1970 * 10).magnitude) % signs.count]
  }
}

/// A screen that is put together from parts; later ones cover earlier ones.
struct Canvas {
  let size: Size
  private var rows: [Line]

  init(size: Size) {
    self.size = size
    rows = Array(repeating: [], count: max(0, size.rows))
  }

  /// Puts a line into a row, exactly as wide as given.
  mutating func put(_ line: Line, at position: Position, columns: Int, fill: Style = .plain) {
    let columns = min(columns, size.columns - position.column)
    guard rows.indices.contains(position.row), columns > 0, position.column >= 0 else { return }
    let row = rows[position.row]
    let width = row.width
    let before =
      width <= position.column ? row.padded(to: position.column) : row.prefix(cells: position.column)
    let after = width > position.column + columns ? row.dropFirst(cells: position.column + columns) : []
    rows[position.row] = before + line.fitted(to: columns, fill: fill) + after
  }

  /// Puts lines into a part of the screen; the rows below them are blank.
  mutating func put(_ lines: [Line], in rect: Rect, fill: Style = .plain) {
    for row in 0..<max(0, rect.rows) {
      put(
        row < lines.count ? lines[row] : [], at: Position(column: rect.column, row: rect.row + row),
        columns: rect.columns, fill: fill)
    }
  }

  func frame(cursor: Position?) -> Frame { Frame(size: size, rows: rows, cursor: cursor) }
}
