internal import TerminalText

/// A search while it is typed.
struct SearchInput: Layer {
  private var text = ""

  func level(_ focus: Focus) -> LayerLevel { .search }

  func contexts(in app: App) -> [KeyContext] { [.search] }

  mutating func handle(_ event: LayerEvent, in app: inout App) -> Outcome {
    switch event {
    case .command(.choose):
      app.layers.close(SearchInput.self)
      return .taken(app.offer(.find(Finder(text))) ?? [])
    case .command(.eraseCharacter):
      if text.isEmpty { app.layers.close(SearchInput.self) } else { text.removeLast() }
    case .command(.dismiss), .text(.control("c")): app.layers.close(SearchInput.self)
    case .text(.character(let character)): text.append(character)
    case .text(.paste(let pasted)): text += pasted.split(whereSeparator: \.isNewline).first ?? ""
    case .text: break
    case .command, .mouse, .find: return .left
    }
    return .taken()
  }

  func note(in app: App) -> Line? {
    [
      Span(" Search: ", .heading), Span(VisibleText.of(text)), Span(" ", Style(.plain, isReversed: true)),
    ]
  }
}
