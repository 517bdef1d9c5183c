internal import TerminalText

extension App {
  private static let indentation = 4

  /// Answers Tab at the prompt.
  mutating func complete() -> [AppAction] {
    let editor = prompt.editor
    if prompt.question != nil { return [] }
    let before = editor.lineBeforeCursor
    if before.allSatisfy(\.isWhitespace) {
      let column = DisplayWidth.of(VisibleText.of(before))
      let count = Self.indentation - column % Self.indentation
      return [.edit(.insert(String(repeating: " ", count: count)))]
    }
    let request = CompletionRequest(text: editor.text, cursor: editor.cursor)
    asked = request
    if CommandLine.isMeant(by: editor.text) {
      return CommandCompletion.list(for: request, in: sessions).map { takeCompletions($0) } ?? []
    }
    return [.complete(request)]
  }

  /// Answers Shift-Tab: at a line's start, takes away up to four blanks before the cursor.
  func dedent() -> [AppAction] {
    let before = prompt.editor.lineBeforeCursor
    guard !before.isEmpty, before.allSatisfy({ $0 == " " }) else { return [] }
    let count = (before.count - 1) % Self.indentation + 1
    let head = prompt.editor.textBeforeCursor.dropLast(count)
    return [
      .edit(.replace(text: head + prompt.editor.textAfterCursor, cursor: prompt.editor.cursor - count))
    ]
  }

  mutating func takeCompletions(_ list: CompletionList) -> [AppAction] {
    let isCurrent =
      list.request == asked && list.request.text == prompt.editor.text
      && list.request.cursor == prompt.editor.cursor
    guard isCurrent, focus == .prompt else { return [] }
    asked = nil
    guard let menu = CompletionMenu(list) else {
      say("Nothing to complete.")
      return []
    }
    if menu.shown.count == 1 { return menu.choice.map { [.edit($0)] } ?? [] }
    prompt.completions = menu
    let common = menu.commonPrefix
    return common.count > menu.typed.count ? [.edit(menu.replacing(with: common))] : []
  }

  mutating func takeChoice() -> [AppAction] {
    defer { prompt.completions = nil }
    return prompt.completions?.choice.map { [.edit($0)] } ?? []
  }
}
