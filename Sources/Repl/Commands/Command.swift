internal import TerminalText

/// An action of the user: by a key, by typing its name after a colon, or from the palette.
struct Command: Sendable {
  enum ID: String, Sendable, Hashable, CaseIterable {
    // These can be typed by their name.
    case help, quit, reset, restart, deps, vars, time, run, save, history, clear, layout, filter, trace, send,
      tools
    case call, ping, cancel, copy, open, plots, enlarge
    case tour
    case checkpoint, rewind, fork, session, checkpoints
    case saveImage = "save-image"
    // These belong to the prompt.
    case accept, addLine, complete, dedent, interrupt, endOfInput, searchHistory, dropSearch, suspend, redraw
    // These belong to completions, palette and questions.
    case choose, nextChoice, previousChoice, dismiss, yes, no, eraseCharacter
    // These belong to the panes.
    case commandLine, placeHelp, tourOn, endTour
    case palette, toggleFocus, focusPrompt, nextPane, zoom
    case showConsole, showStdout, showStderr, showServer, showTraffic
    case openConsole, openStdout, openStderr, openServer, openTraffic
    case pageUp, pageDown, lineUp, lineDown, toStart, toEnd
    case search, nextMatch, previousMatch
    case toggleFold, nextFold, previousFold
    // These belong to the traffic.
    case openMessage, editFilter, follow, mark, nextMark, copyMessage, resend, editAndSend, saveTraffic
    case nextMessage, previousMessage, nextView
    // These belong to an enlarged image, and to the list of images.
    case nextImage, previousImage, openImage, saveShownImage
  }

  enum Argument: Sendable, Hashable {
    case none
    case optional(String)
    case required(String)
    /// Several keys in words, as they stand in the help.
    case words(String)

    var name: String? {
      switch self {
      case .none: nil
      case .optional(let name), .required(let name), .words(let name): name
      }
    }
  }

  struct Binding: Sendable, Hashable {
    var key: Key
    var context: KeyContext
  }

  var id: ID
  /// True when it can be typed, as `:` and its id.
  var isTyped = false
  var argument = Argument.none
  /// The description in help and palette.
  var help: String
  var keys: [Binding]
  /// The word for it in the status line; nil keeps it out.
  var hint: String?

  /// `:filter [EXPR]`, or nothing when it cannot be typed.
  var usage: String? {
    guard isTyped else { return nil }
    switch argument {
    case .none: return ":" + id.rawValue
    case .optional(let name): return ":\(id.rawValue) [\(name)]"
    case .required(let name), .words(let name): return ":\(id.rawValue) \(name)"
    }
  }

  /// The keys of a context, as the help shows them.
  func keyNames(in context: KeyContext? = nil) -> String {
    var names: [String] = []
    for binding in keys where context == nil || binding.context == context {
      let name = binding.key.name
      if !names.contains(name) { names.append(name) }
    }
    return names.joined(separator: " ")
  }
}

/// A context in which a key is pressed. The first open context that knows the key decides; ``anywhere`` comes
/// last.
enum KeyContext: String, Sendable, Hashable, CaseIterable {
  case anywhere, prompt, historySearch, completions, tour, panes, console, traffic, message, search, palette,
    help, question, image, plots

  /// The context's name on the help screen.
  var title: String {
    switch self {
    case .anywhere: "Anywhere"
    case .prompt: "At the prompt"
    case .historySearch: "While the history is searched"
    case .completions: "In the completions"
    case .tour: "During the tour, at the empty prompt"
    case .panes: "In a pane"
    case .console: "In the console"
    case .traffic: "In the traffic"
    case .message: "In a message"
    case .search: "While typing a search"
    case .palette: "In the palette"
    case .help: "In the help"
    case .question: "At a question"
    case .image: "At an enlarged image"
    case .plots: "In the list of plots"
    }
  }
}
