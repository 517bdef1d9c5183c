import CTerminal
import TerminalText

extension HiddenEditor {
  func press(_ key: Key) {
    if case .paste(let text) = key {
      insert(text)
    } else if search != nil {
      pressInSearch(key)
    } else {
      keys += HiddenEditorKeys.scalars(for: key, isEmacs: isEmacs)
    }
  }

  // MARK: The incremental search

  private func pressInSearch(_ key: Key) {
    switch search?.press(key) {
    case .goOn, nil: break
    case .end: endSearch()
    case .abort: search = nil
    case .endAndPress:
      endSearch()
      // The found text must first come into the line.
      let ending = operation
      perform { [self] editor in
        let outcome = ending?(editor) ?? .nothing
        keys += HiddenEditorKeys.scalars(for: key, isEmacs: isEmacs)
        return outcome
      }
    }
  }

  /// Takes the found text as the block.
  func endSearch() {
    guard let search else { return }
    self.search = nil
    guard let found = search.found else { return }
    walk = HistoryWalk(entries: search.entries, index: found, draft: search.original)
    perform { HiddenEditor.replace($0, with: search.text, cursor: search.cursor) }
  }

  // MARK: Commands

  func beginSearch(_ editor: OpaquePointer) -> ct_outcome {
    let (text, cursor) = text(of: editor)
    search = IncrementalSearch(entries: entries, original: text, cursor: cursor)
    return .nothing
  }

  func move(_ editor: OpaquePointer, to target: (LinePosition) -> Int) -> ct_outcome {
    let lines = LinePosition(ct_editor_line(editor))
    ct_editor_move(editor, Int32(clamping: target(lines) - lines.cursor))
    return .refresh
  }

  /// Yanking finds only text that libedit's own commands have killed.
  func kill(_ editor: OpaquePointer, to target: (LinePosition) -> Int) -> ct_outcome {
    let lines = LinePosition(ct_editor_line(editor))
    let end = target(lines)
    guard end != lines.cursor, end <= lines.count else { return .beep }
    keys = [HiddenEditorKeys.setMark, HiddenEditorKeys.external, HiddenEditorKeys.killRegion] + keys
    perform { editor in
      ct_editor_move(editor, Int32(clamping: end - lines.cursor))
      return .nothing
    }
    return .nothing
  }

  func move(_ editor: OpaquePointer, by count: Int) -> ct_outcome {
    let lines = LinePosition(ct_editor_line(editor))
    let goal = goalColumn ?? lines.column
    hasMovedVertically = true
    if let target = lines.position(lines: count, column: goal) {
      goalColumn = goal
      ct_editor_move(editor, Int32(clamping: target - lines.cursor))
      return .refresh
    }
    goalColumn = nil
    hasMovedVertically = false
    return walk(editor, isBackward: count < 0, prefix: "", cursor: .max)
  }

  /// Goes to the nearest block that begins with the text before the cursor.
  func walkPrefix(_ editor: OpaquePointer, isBackward: Bool) -> ct_outcome {
    let (text, cursor) = text(of: editor)
    var prefix = String.UnicodeScalarView()
    prefix.append(contentsOf: text.unicodeScalars.prefix(cursor))
    return walk(editor, isBackward: isBackward, prefix: String(prefix), cursor: cursor)
  }

  func walk(
    _ editor: OpaquePointer, isBackward: Bool, prefix: String, cursor: Int
  ) -> ct_outcome {
    var walk = self.walk ?? HistoryWalk(entries: entries, draft: text(of: editor).text)
    guard let entry = isBackward ? walk.previous(prefix) : walk.next(prefix) else { return .beep }
    self.walk = walk
    return HiddenEditor.replace(editor, with: entry, cursor: cursor)
  }
}
