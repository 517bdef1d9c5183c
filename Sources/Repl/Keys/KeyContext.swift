/// A context in which a key is pressed. The first open context that knows the key decides; ``anywhere`` comes
/// last.
enum KeyContext: String, Sendable, Hashable, CaseIterable {
  case anywhere, prompt, historySearch, completions, panes, traffic, message, search, palette, help, question

  /// The context's name on the help screen.
  var title: String {
    switch self {
    case .anywhere: "Anywhere"
    case .prompt: "At the prompt"
    case .historySearch: "While the history is searched"
    case .completions: "In the completions"
    case .panes: "In a pane"
    case .traffic: "In the traffic"
    case .message: "In a message"
    case .search: "While typing a search"
    case .palette: "In the palette"
    case .help: "In the help"
    case .question: "At a question"
    }
  }
}
