internal import TerminalText

/// The list of the session's images.
struct PlotsView: Layer {
  private var selected: Int

  let coversPanes = true
  let endsAtInterrupt = true

  /// Lists the images with the last one selected; nil after a word to the user when there is none.
  init?(in app: inout App) {
    guard let last = app.images.all.last else {
      app.say("There is no image yet. Code shows one with plt.show(), or as a value.", .warning)
      return nil
    }
    selected = last.number
  }

  func level(_ focus: Focus) -> LayerLevel { .plots }

  func contexts(in app: App) -> [KeyContext] { [.plots, .anywhere] }

  mutating func handle(_ event: LayerEvent, in app: inout App) -> Outcome {
    switch event {
    case .command(.dismiss), .command(.plots): app.layers.close(PlotsView.self)
    case .command(.enlarge):
      if let view = ImageView(selected, in: &app) { app.layers.open(view) }
    case .command(.lineDown): step(by: 1, in: app)
    case .command(.lineUp): step(by: -1, in: app)
    case .command(.toStart): selected = app.images.all.first?.number ?? selected
    case .command(.toEnd): selected = app.images.all.last?.number ?? selected
    case .command(.openImage):
      return .taken(app.perform { images throws(CommandError) in try .open("\(selected)", from: images) })
    case .text, .mouse: break
    case .command, .find: return .left
    }
    return .taken()
  }

  private mutating func step(by step: Int, in app: App) {
    let numbers = app.images.all.map(\.number)
    let index = (numbers.firstIndex(of: selected) ?? 0) + step
    if numbers.indices.contains(index) { selected = numbers[index] }
  }

  func draw(on canvas: inout Canvas, in app: App) {
    let area = Layout.Area(panes: [], shown: .console, rect: app.layout.panes)
    canvas.put([], in: area.body)
    canvas.put(
      [[Span(" Plots ", .tabActive), Span(" Enter enlarges, o opens, Esc closes ", .dim)]], in: area.header)
    let all = app.images.all
    let index = all.firstIndex { $0.number == selected } ?? 0
    let first = max(0, min(index - area.body.rows / 2, all.count - area.body.rows))
    let rows = all.dropFirst(first).prefix(area.body.rows).map { image -> Line in
      let run = image.run.map { "   run \($0): \(VisibleText.of(app.console.firstLine(ofRun: $0)))" } ?? ""
      let line: Line = [Span("  \(image.caption)\(run)")]
      return image.number == selected
        ? line.fitted(to: area.body.columns).map { Span($0.text, .selection) } : line
    }
    canvas.put(Array(rows), in: area.body)
  }

  func place(in app: App) -> String? { "Plots \(app.images.all.count)" }
}
