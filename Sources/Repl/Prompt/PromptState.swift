internal import TerminalText
/// The text at the prompt and its meaning.
struct PromptState: Sendable {
  private(set) var editor = EditorState()
  private(set) var text = PromptText()
  var completions: CompletionMenu?
  /// The question of Python's `input()` that waits for the line.
  private(set) var question: InputRequest?
  /// The text that stood here before the question.
  private var draft: EditorState?

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
