internal import TerminalText

/// A walk through everything, a step at a time, between the panes and the prompt. All keys work as ever meanwhile.
struct Tour: Layer {
  struct Step: Sendable {
    var title: String
    var text: String
  }

  static let steps = [
    Step(
      title: "Python",
      text:
        "Type 6 * 7 and press Enter. The block gets a number, the value stands below it, and the time at the right."
    ),
    Step(
      title: "Blocks",
      text: "Type for n in range(3): print(n) and press Enter twice: the empty line ends the block. "
        + "What is printed, values and errors stand in the order in which they happened."),
    Step(
      title: "Names",
      text: "Type imp and press Tab, or Tab after a dot. str.split? and Enter shows the documentation, "
        + "str.split?? the source too."),
    Step(
      title: "Errors and folds",
      text:
        "Type import json; json.loads('{') and Enter. Frames in libraries are folded. F2 goes to the console: "
        + "Up and Down move the bar, Enter unfolds, Esc comes back."),
    Step(
      title: "Earlier blocks",
      text: "Up brings blocks back whole, Ctrl-R searches them. Ctrl-C drops a block, and cancels a run."),
    Step(
      title: "Streams",
      text:
        "F3 shows stdout alone, run by run, and F4 stderr. The same key, or Esc, comes back to the prompt."),
    Step(
      title: "Messages",
      text:
        "F6 shows every message between this prompt and its server. Enter opens one, Tab lays it out in other ways, "
        + "Esc comes back."),
    Step(
      title: "Commands",
      text: "A colon begins a command, from anywhere: :vars lists the variables, :clear empties the console. "
        + "Ctrl-P finds any command by a few letters; ? shows the keys of a pane."),
    Step(
      title: "Going back",
      text:
        ":rewind undoes the last block with all that it changed. :checkpoint keeps a state, and :fork begins "
        + "a second session from here."),
    Step(
      title: "And then",
      text:
        "Packages and other colours are options of this command, which its help lists. F1 shows all keys and "
        + "commands; Ctrl-D leaves."),
  ]

  private(set) var index = 0

  /// The rows of the box: a title, the text, and the keys.
  static let rows = 5

  func level(_ focus: Focus) -> LayerLevel { .tour }

  /// Enter goes on at the empty prompt alone, and so leaves typed code and panes their own meaning of it.
  func contexts(in app: App) -> [KeyContext] {
    let below = app.layersFromTop.first { !($0 is Tour) }?.contexts(in: app) ?? []
    let isFree = app.focus == .prompt && app.prompt.isEmpty && app.prompt.question == nil
    return isFree ? [.tour] + below : below
  }

  mutating func handle(_ event: LayerEvent, in app: inout App) -> Outcome {
    switch event {
    case .command(.tourOn) where index + 1 < Self.steps.count: index += 1
    case .command(.tourOn), .command(.endTour): app.layers.close(Tour.self)
    case .command, .text, .mouse, .find: return .left
    }
    return .taken()
  }

  func draw(on canvas: inout Canvas, in app: App) {
    let rect = app.layout.note
    guard rect.rows > 0 else { return }
    let step = Self.steps[index]
    let title = " Tour \(index + 1)/\(Self.steps.count)  "
    var lines: [Line] = [
      [Span(title, .menu), Span(step.title, Style(.menu, look: TextLook(attributes: .bold)))]
    ]
    lines += TextWords.wrapped(step.text, to: max(1, rect.columns - 2)).prefix(Self.rows - 2)
      .map { [Span(" " + $0, .menu)] }
    while lines.count < Self.rows - 1 { lines.append([]) }
    let isLast = index + 1 == Self.steps.count
    lines.append([
      Span(" At the empty prompt: Enter \(isLast ? "ends the tour" : "goes on, Esc leaves the tour")", .menu)
    ])
    canvas.put(lines, in: rect, fill: Style(.menu))
  }
}
