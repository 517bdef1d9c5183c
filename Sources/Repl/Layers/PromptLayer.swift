internal import SystemSupport
internal import TerminalText

/// The prompt: what is typed there goes to the line editor, and comes back as its new text.
///
/// A key passes the model twice, because libedit edits on a thread of its own: first it becomes an
/// ``AppAction/edit(_:)``, and then the editor's answer comes as an ``AppEvent/editor(_:)``.
struct PromptLayer: Layer {
  func level(_ focus: Focus) -> LayerLevel { focus == .prompt ? .prompt : .promptWithoutFocus }

  func contexts(in app: App) -> [KeyContext] {
    if app.prompt.isSearching { return [.historySearch, .anywhere] }
    return app.prompt.completions == nil ? [.prompt, .anywhere] : [.completions, .prompt, .anywhere]
  }

  func handle(_ event: LayerEvent, in app: inout App) -> Outcome {
    switch event {
    case .command(.accept): return .taken(app.pressEnter())
    case .command(.addLine): return .taken(app.addLine())
    case .command(.complete): return .taken(app.complete())
    case .command(.dedent): return .taken(app.dedent())
    case .command(.endOfInput): return .taken(app.endInput())
    case .command(.searchHistory): return .taken([.edit(.press(.control("r")))])
    case .command(.dropSearch): return .taken([.edit(.press(.control("g")))])
    case .command(.choose): return .taken(app.takeChoice())
    case .command(.nextChoice):
      if app.prompt.completions?.shown.count == 1 { return .taken(app.takeChoice()) }
      app.prompt.completions?.move(by: 1)
    case .command(.previousChoice): app.prompt.completions?.move(by: -1)
    case .command(.dismiss): app.prompt.completions = nil
    case .text(let key): return .taken(type(key, in: &app))
    case .mouse(.press, let position) where app.layout.prompt.contains(position): app.focus = .prompt
    case .command, .mouse, .find: return .left
    }
    return .taken()
  }

  /// Gives a key to the line editor. The completions stay open only while a name is typed.
  private func type(_ key: Key, in app: inout App) -> [AppAction] {
    guard !app.prompt.isSearching, app.prompt.completions != nil else {
      if case .paste(let text) = key {
        app.prompt.completions = nil
        return [.edit(.insert(text))]
      }
      return [.edit(.press(key))]
    }
    switch key {
    case .character(let character) where character.isLetter || character.isNumber || character == "_": break
    case .named(.backspace): break
    case .paste(let text):
      app.prompt.completions = nil
      return [.edit(.insert(text))]
    case .character, .control, .alt, .named, .altNamed, .controlNamed, .shiftNamed, .mouse:
      app.prompt.completions = nil
    }
    return [.edit(.press(key))]
  }

  func draw(on canvas: inout Canvas, in app: App) {
    let layout = app.layout
    canvas.put(app.prompt.text.rows(size: layout.prompt.size).rows, in: layout.prompt)
    guard let menu = app.prompt.completions, !layout.isTooSmall else { return }
    let lines = menu.lines(columns: app.size.columns, maximumRows: max(1, layout.panes.rows / 2))
    let row = layout.rule.row - lines.count
    canvas.put(lines, in: Rect(column: 0, row: row, columns: app.size.columns, rows: lines.count))
  }

  /// The place of the terminal's cursor; nil where it is not seen.
  func cursor(in app: App) -> Position? {
    let rect = app.layout.prompt
    let place = app.prompt.text.rows(size: rect.size).cursor
    guard place.row < rect.rows else { return nil }
    return Position(column: min(place.column, max(0, app.size.columns - 1)), row: rect.row + place.row)
  }

  func note(in app: App) -> Line? {
    app.prompt.editor.searchPrompt.map {
      [Span(" \(VisibleText.of($0)) ", .heading), Span("Enter takes it, Ctrl-G drops it ", .dim)]
    }
  }
}

extension App {
  mutating func take(_ state: EditorState) -> [AppAction] {
    prompt.take(state)
    guard let block = state.accepted else { return state.text.isEmpty ? endCommandLine() : [] }
    return accepted(block) + endCommandLine()
  }

  /// Answers Enter at the prompt.
  mutating func pressEnter() -> [AppAction] {
    let editor = prompt.editor
    if let question = prompt.question {
      console.answered(question.isHidden ? "" : editor.text, prompt: question.prompt)
      return [.answerInput(id: question.id, editor.text)] + clearAndEndQuestion()
    }
    if editor.text.allSatisfy(\.isWhitespace) { return editor.text.isEmpty ? [] : [.edit(.clear)] }
    if CommandLine.isMeant(by: editor.text) || Inspection(editor.text) != nil { return acceptBuffer() }
    if editor.textAfterCursor.contains(where: { $0 == "\n" || $0 == "\r\n" }) { return addLine() }
    switch BlockState(of: editor.text) {
    case .needsMore, .indented: return addLine()
    case .complete, .empty: break
    }
    return acceptBuffer()
  }

  /// Has the editor end the block, without the blank lines that ended it.
  mutating func acceptBuffer() -> [AppAction] {
    var lines = prompt.editor.text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    while lines.count > 1, let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
    let text = lines.joined(separator: "\n")
    if text == prompt.editor.text { return [.edit(.accept)] }
    return [.edit(.replace(text: text, cursor: text.unicodeScalars.count)), .edit(.accept)]
  }

  /// Begins a new line with the indentation that Python wants there.
  func addLine() -> [AppAction] {
    let isPlain = prompt.question != nil || CommandLine.isMeant(by: prompt.editor.text)
    let columns = isPlain ? 0 : BlockState(of: prompt.editor.textBeforeCursor).indentation
    return [.edit(.insert("\n" + String(repeating: " ", count: columns)))]
  }

  private mutating func clearAndEndQuestion() -> [AppAction] {
    let restored = prompt.endQuestion()
    return restored.isEmpty ? [.edit(.clear)] : restored
  }

  /// Takes the block that the editor handed over at Enter.
  private mutating func accepted(_ block: String) -> [AppAction] {
    if CommandLine.isMeant(by: block) { return perform(typed: block) }
    if let inspection = Inspection(block) {
      console.typed(command: block)
      return [.inspect(name: inspection.name, withSource: inspection.withSource)]
    }
    return enqueue(block)
  }

  /// Answers Ctrl-D.
  mutating func endInput() -> [AppAction] {
    guard prompt.isEmpty else { return [.edit(.press(.control("d")))] }
    if let request = prompt.question { return [.answerInput(id: request.id, nil)] + prompt.endQuestion() }
    if runs.current != nil {
      layers.open(Question(subject: .quit))
      return []
    }
    return [.quit]
  }
}

/// The text at the prompt and its meaning.
struct PromptState: Sendable {
  private(set) var editor = EditorState()
  private(set) var text = PromptText()
  var completions: CompletionMenu?
  /// The question of Python's `input()` that waits for the line.
  private(set) var question: InputRequest?
  /// The text that stood here before the question.
  private var draft: EditorState?
  /// The text that stood here before the command line was opened, and the place where that was done.
  private var aside: (text: EditorState, origin: Focus)?

  var isEmpty: Bool { editor.text.isEmpty }

  /// The block that is being typed; a question only takes its place for a while.
  var draftText: String { question == nil ? editor.text : draft?.text ?? "" }

  /// True while the editor searches its history.
  var isSearching: Bool { editor.searchPrompt != nil }

  mutating func take(_ state: EditorState) {
    editor = state
    completions = completions?.following(state)
    draw()
  }

  /// Makes the prompt the line for an answer.
  mutating func ask(_ request: InputRequest) -> [AppAction] {
    if question == nil { draft = editor }
    question = request
    completions = nil
    draw()
    return editor.text.isEmpty && !isSearching ? [] : [.edit(.clear)]
  }

  /// Gives back the prompt as it was before the question.
  mutating func endQuestion() -> [AppAction] {
    guard question != nil else { return [] }
    question = nil
    defer {
      draft = nil
      draw()
    }
    guard let draft, !draft.text.isEmpty else { return editor.text.isEmpty ? [] : [.edit(.clear)] }
    return [.edit(.replace(text: draft.text, cursor: draft.cursor))]
  }

  /// Puts the text aside for a command line, which has its place until it is done or empty.
  mutating func beginAside(from origin: Focus) {
    if aside == nil { aside = (editor, origin) }
    completions = nil
  }

  /// True while a command line has the place of another text.
  var hasAside: Bool { aside != nil }

  /// Gives back the text that was put aside, and the place to go back to; nil when there is no command line.
  mutating func endAside() -> (origin: Focus, actions: [AppAction])? {
    guard let (text, origin) = aside else { return nil }
    aside = nil
    if text.text.isEmpty { return (origin, []) }
    return (origin, [.edit(.replace(text: text.text, cursor: text.cursor))])
  }

  private mutating func draw() { text.update(editor, question: question) }
}

extension EditorState {
  /// The text before the cursor in its line.
  var lineBeforeCursor: String {
    let before = textBeforeCursor
    let newline = before.utf8.lastIndex(of: UInt8(ascii: "\n"))
    return String(newline.map { before[before.utf8.index(after: $0)...] } ?? before[...])
  }

  var textBeforeCursor: String { String(String.UnicodeScalarView(text.unicodeScalars.prefix(cursor))) }

  var textAfterCursor: String { String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(cursor))) }
}

/// `name?` and `name??`, as IPython has them.
struct Inspection: Hashable {
  var name: String
  var withSource: Bool

  init?(_ text: String) {
    guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return nil }
    let marks = text[...last].reversed().prefix { $0 == "?" }.count
    let name = text[...last].dropLast(marks).split(whereSeparator: \.isWhitespace)
    guard marks == 1 || marks == 2, name.count == 1, let name = name.first, name.first?.isNumber == false,
      name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
    else { return nil }
    self.name = String(name)
    withSource = marks == 2
  }
}
