import CTerminal
import TerminalText

extension EngineCore {
  var delegate: ct_delegate {
    ct_delegate(
      context: Unmanaged.passUnretained(self).toOpaque(),
      read_key: { context, scalar in
        EngineCore.at(context).readKey(into: scalar)
      },
      perform: { context, command in
        EngineCore.at(context).perform(command)
      })
  }

  private static func at(_ context: UnsafeMutableRawPointer) -> EngineCore {
    Unmanaged<EngineCore>.fromOpaque(context).takeUnretainedValue()
  }

  func press(_ key: Key) {
    if case .paste(let text) = key {
      insert(text)
    } else if search != nil {
      pressInSearch(key)
    } else {
      keys += EngineKeys.scalars(for: key, isEmacs: isEmacs)
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
        keys += EngineKeys.scalars(for: key, isEmacs: isEmacs)
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
    perform { EngineCore.replace($0, with: search.text, cursor: search.cursor) }
  }

  // MARK: Commands

  private func perform(_ command: ct_command) -> ct_outcome {
    guard let editor else { return .beep }
    switch command {
    case .external: return runOperation()
    case .ignore: return .nothing
    case .indent: return indent(editor)
    case .erase: return erase(editor)
    case .up: return move(editor, by: -1)
    case .down: return move(editor, by: 1)
    case .home: return move(editor) { $0.lineStart }
    case .end: return move(editor) { $0.lineEnd }
    case .discard: return kill(editor) { $0.lineStart }
    case .kill: return kill(editor) { $0.lineEnd > $0.cursor ? $0.lineEnd : $0.cursor + 1 }
    case .search: return beginSearch(editor)
    case .older: return walkPrefix(editor, isBackward: true)
    case .newer: return walkPrefix(editor, isBackward: false)
    case .tell_insert, .tell_command:
      viMode = command == .tell_insert ? .insert : .command
      return .nothing
    case .begin, .interrupt, .suspend, .paste: return .beep
    }
  }

  private func beginSearch(_ editor: OpaquePointer) -> ct_outcome {
    let (text, cursor) = text(of: editor)
    search = IncrementalSearch(entries: entries, original: text, cursor: cursor)
    return .nothing
  }

  private func indent(_ editor: OpaquePointer) -> ct_outcome {
    let lines = LinePosition(ct_editor_line(editor))
    guard let count = IndentationKeys.spacesToInsert(before: lines.beforeCursor) else { return .beep }
    ct_editor_insert(editor, WideText.scalars(String(repeating: " ", count: count)))
    return .refresh
  }

  private func erase(_ editor: OpaquePointer) -> ct_outcome {
    let lines = LinePosition(ct_editor_line(editor))
    guard lines.cursor > 0 else { return .beep }
    ct_editor_erase(editor, Int32(IndentationKeys.scalarsToErase(before: lines.beforeCursor)))
    return .refresh
  }

  private func move(_ editor: OpaquePointer, to target: (LinePosition) -> Int) -> ct_outcome {
    let lines = LinePosition(ct_editor_line(editor))
    ct_editor_move(editor, Int32(clamping: target(lines) - lines.cursor))
    return .refresh
  }

  /// Yanking finds only text that libedit's own commands have killed.
  private func kill(_ editor: OpaquePointer, to target: (LinePosition) -> Int) -> ct_outcome {
    let lines = LinePosition(ct_editor_line(editor))
    let end = target(lines)
    guard end != lines.cursor, end <= lines.count else { return .beep }
    keys = [EngineKeys.setMark, EngineKeys.external, EngineKeys.killRegion] + keys
    perform { editor in
      ct_editor_move(editor, Int32(clamping: end - lines.cursor))
      return .nothing
    }
    return .nothing
  }

  private func move(_ editor: OpaquePointer, by count: Int) -> ct_outcome {
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
  private func walkPrefix(_ editor: OpaquePointer, isBackward: Bool) -> ct_outcome {
    let (text, cursor) = text(of: editor)
    var prefix = String.UnicodeScalarView()
    prefix.append(contentsOf: text.unicodeScalars.prefix(cursor))
    return walk(editor, isBackward: isBackward, prefix: String(prefix), cursor: cursor)
  }

  private func walk(
    _ editor: OpaquePointer, isBackward: Bool, prefix: String, cursor: Int
  ) -> ct_outcome {
    var walk = self.walk ?? HistoryWalk(entries: entries, draft: text(of: editor).text)
    guard let entry = isBackward ? walk.previous(prefix) : walk.next(prefix) else { return .beep }
    self.walk = walk
    return EngineCore.replace(editor, with: entry, cursor: cursor)
  }
}
