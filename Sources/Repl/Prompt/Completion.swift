internal import TerminalText

/// The names to choose from, while they are shown above the prompt.
struct CompletionMenu: Sendable, Hashable {
  private static let rows = 6

  /// The text before the range, which must not change.
  private let head: String
  private let start: Int
  private let items: [String]
  /// The items that still fit the typed text.
  private(set) var shown: [String]
  private(set) var selected = 0
  private(set) var text: String
  private(set) var cursor: Int

  init?(_ list: CompletionList) {
    guard !list.items.isEmpty, list.range.lowerBound >= 0, list.range.upperBound <= list.request.cursor else {
      return nil
    }
    head = String(String.UnicodeScalarView(list.request.text.unicodeScalars.prefix(list.range.lowerBound)))
    start = list.range.lowerBound
    items = list.items
    shown = list.items
    text = list.request.text
    cursor = list.request.cursor
  }

  /// The beginning that all shown items have in common.
  var commonPrefix: String {
    guard var prefix = shown.first else { return "" }
    for item in shown { prefix = prefix.commonPrefix(with: item) }
    return prefix
  }

  /// The typed text in the place that an item will take.
  var typed: String {
    let scalars = text.unicodeScalars
    return String(String.UnicodeScalarView(scalars.dropFirst(start).prefix(max(0, cursor - start))))
  }

  /// Follows the buffer; nil when the cursor has left the place, or no item fits any more.
  func following(_ editor: EditorState) -> CompletionMenu? {
    let scalars = editor.text.unicodeScalars
    guard editor.cursor >= start, String(String.UnicodeScalarView(scalars.prefix(start))) == head else {
      return nil
    }
    var menu = self
    menu.text = editor.text
    menu.cursor = editor.cursor
    let word = menu.typed
    menu.shown = items.filter { $0.hasPrefix(word) && $0 != word }
    menu.selected = 0
    return menu.shown.isEmpty ? nil : menu
  }

  mutating func move(by step: Int) {
    selected = (selected + step + shown.count) % max(1, shown.count)
  }

  /// Gives the buffer with an item in the place.
  func replacing(with item: String) -> EditorCommand {
    let tail = String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(cursor)))
    return .replace(text: head + item + tail, cursor: start + item.unicodeScalars.count)
  }

  var choice: EditorCommand? { shown.indices.contains(selected) ? replacing(with: shown[selected]) : nil }

  /// Gives the menu's rows, with as many columns as fit; the selected item is among them.
  func lines(columns: Int, maximumRows: Int) -> [Line] {
    let names = shown.map { VisibleText.of($0) }
    let cell = min(max(8, (names.map { DisplayWidth.of($0) }.max() ?? 0) + 2), columns)
    let perRow = max(1, columns / cell)
    let rowCount = (names.count + perRow - 1) / perRow
    let visible = min(rowCount, Self.rows, max(1, maximumRows))
    let first = max(0, min(selected / perRow - visible + 1, rowCount - visible))
    return (first..<first + visible).map { row in
      let range = row * perRow..<min(names.count, (row + 1) * perRow)
      var line = range.flatMap { index -> Line in
        [Span(" " + names[index], index == selected ? .selection : .menu)]
          .fitted(to: cell, fill: Style(index == selected ? .selection : .menu))
      }
      if row == first + visible - 1, rowCount > visible {
        line = line.beside(
          [Span(" \(selected + 1)/\(names.count) ", .menu)], columns: columns, fill: Style(.menu))
      }
      return line.fitted(to: columns, fill: Style(.menu))
    }
  }
}

extension CompletionList {
  /// The common beginning of all items beyond the typed text; nil when nothing fits.
  public var commonRest: String? {
    guard let menu = CompletionMenu(self) else { return nil }
    return String(menu.commonPrefix.dropFirst(menu.typed.count))
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}

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
