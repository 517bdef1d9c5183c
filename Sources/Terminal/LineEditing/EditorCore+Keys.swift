import CTerminal
import SystemPackage
import TerminalText

extension EditorCore {
  /// The reader itself sends this key before the first one, so that libedit draws the initial text as its
  /// own.
  private static let beginKey: Unicode.Scalar = "\u{1c}"
  /// This key stands for a paste's mark in vi mode, where Escape must not wait for a sequence.
  private static let pasteKey: Unicode.Scalar = "\u{90}"

  var delegate: ct_delegate {
    ct_delegate(
      context: Unmanaged.passUnretained(self).toOpaque(),
      read_key: { context, scalar in
        EditorCore.at(context).readKey(into: scalar)
      },
      perform: { context, command in
        EditorCore.at(context).perform(command)
      })
  }

  private static func at(_ context: UnsafeMutableRawPointer) -> EditorCore {
    Unmanaged<EditorCore>.fromOpaque(context).takeUnretainedValue()
  }

  /// Binds first the keys that people expect, then the user's, then those without which nothing works.
  func bindKeys(of editor: OpaquePointer, initialization: LineEditor.Initialization) {
    let own = [
      ("^I", "repl-indent"), ("^H", "repl-erase"), ("^?", "repl-erase"),
      ("^R", "em-inc-search-prev"), ("^W", "ed-delete-prev-word"),
      ("\\e[200~", "repl-paste"), ("\\e[3~", "ed-delete-next-char"),
      ("\\e[H", "ed-move-to-beg"), ("\\e[F", "ed-move-to-end"),
      ("\\e[1~", "ed-move-to-beg"), ("\\e[4~", "ed-move-to-end"),
      ("\\e[1;5D", "ed-prev-word"), ("\\e[1;5C", "em-next-word"),
    ]
    for (key, command) in own { ct_editor_bind(editor, key, command) }
    switch initialization {
    case .user: ct_editor_source(editor, nil)
    case .file(let path): ct_editor_source(editor, path.string)
    case .none: break
    }
    for (key, command) in [("\\034", "repl-begin"), ("^C", "repl-interrupt"), ("^Z", "repl-suspend")] {
      ct_editor_bind(editor, key, command)
      if !ct_editor_is_emacs(editor) { ct_editor_bind_alternative(editor, key, command) }
    }
    if !ct_editor_is_emacs(editor) {
      ct_editor_bind(editor, "\\220", "repl-paste")
      ct_editor_bind_alternative(editor, "\\220", "repl-paste")
    }
  }

  private func readKey(into key: UnsafeMutablePointer<UInt32>) -> Int32 {
    if stop != nil { return -1 }
    if isFirstKey {
      isFirstKey = false
      // Text that is there already was pasted with its own indentation.
      if !initialText.isEmpty, !keys.isReady() {
        key.pointee = Self.beginKey.value
        return 1
      }
    }
    if let scalar = readAhead.popFirst() {
      key.pointee = scalar.value
      return 1
    }
    while stop == nil {
      switch keys.next() {
      case .scalar(let scalar):
        redrawAfterResize()
        let isPaste = scalar == "\u{1b}" && !isEmacs && isPasteNext()
        key.pointee = isPaste ? Self.pasteKey.value : scalar.value
        return 1
      case .endOfInput: return 0
      case .interruption: redrawAfterResize()
      case .wake: takeNews()
      }
    }
    return -1
  }

  /// True when an escape began a paste's mark; otherwise the scalars that were read are left for the next
  /// keys.
  private func isPasteNext() -> Bool {
    for expected in "[200~".unicodeScalars {
      guard keys.isReady(within: 20), case .scalar(let scalar) = keys.next() else { return false }
      readAhead.append(scalar)
      if scalar != expected { return false }
    }
    readAhead = []
    return true
  }

  private func takeNews() {
    mailbox.drain()
    if mailbox.isActiveCancelled { stop = .cancelled }
  }

  private func redrawAfterResize() {
    guard let editor, takeSizeChange() else { return }
    redraw(editor)
  }

  private func redraw(_ editor: OpaquePointer) {
    ct_editor_write(editor, "\r")
    ct_editor_redraw(editor)
  }

  private func perform(_ command: ct_command) -> ct_outcome {
    guard let editor else { return .beep }
    switch command {
    case .begin: return insertInitialText(editor)
    case .interrupt:
      stop = .interrupted
      ct_editor_move_to_end(editor)
      return .refresh
    case .suspend: return suspendProgram(editor)
    case .indent: return completeOrIndent(editor)
    case .erase: return erase(editor)
    case .paste: return paste(editor)
    // These are commands of the hidden editor.
    case .external, .ignore, .up, .down, .home, .end, .discard, .kill, .search, .older, .newer, .tell_insert,
      .tell_command:
      return .beep
    }
  }

  private func insertInitialText(_ editor: OpaquePointer) -> ct_outcome {
    ct_editor_insert(editor, WideText.scalars(initialText))
    initialText = ""
    return .refresh
  }

  private func suspendProgram(_ editor: OpaquePointer) -> ct_outcome {
    ct_editor_prepare_terminal(editor, false)
    restoreTerminal()
    ct_editor_write(editor, "\n")
    suspend()
    ct_editor_prepare_terminal(editor, true)
    announcePaste(true)
    takeSizeChange()
    ct_editor_redraw(editor)
    return .nothing
  }

  /// The part of the current line before the cursor.
  private func textBeforeCursor(_ editor: OpaquePointer) -> ArraySlice<UInt32> {
    let line = ct_editor_line(editor)
    let text = Array(UnsafeBufferPointer(start: line.text, count: line.cursor))
    let newline = text.lastIndex(of: 0x0a)
    return text[(newline.map { $0 + 1 } ?? 0)...]
  }

  private func completeOrIndent(_ editor: OpaquePointer) -> ct_outcome {
    let before = Array(textBeforeCursor(editor))
    let text = before.withUnsafeBufferPointer { WideText.string($0) }
    guard let list = complete(text) else { return indent(editor) }
    guard let common = list.commonRest else { return .beep }
    if !common.isEmpty {
      ct_editor_insert(editor, WideText.scalars(common))
      return .refresh
    }
    guard list.items.count > 1 else { return .beep }
    let names = list.items.map { VisibleText.printable($0) }.joined(separator: "  ")
    ct_editor_move_to_end(editor)
    ct_editor_write(editor, "\n\(names)\n")
    ct_editor_redraw(editor)
    return .nothing
  }

  private func indent(_ editor: OpaquePointer) -> ct_outcome {
    let before = textBeforeCursor(editor)
    guard let count = IndentationKeys.spacesToInsert(before: before) else { return .beep }
    ct_editor_insert(editor, WideText.scalars(String(repeating: " ", count: count)))
    return .refresh
  }

  private func erase(_ editor: OpaquePointer) -> ct_outcome {
    guard ct_editor_line(editor).cursor > 0 else { return .beep }
    ct_editor_erase(editor, Int32(IndentationKeys.scalarsToErase(before: textBeforeCursor(editor))))
    return .refresh
  }

  private func paste(_ editor: OpaquePointer) -> ct_outcome {
    var pasted = PastedText()
    while !pasted.isWhole {
      switch keys.next() {
      case .scalar(let scalar): pasted.append(scalar)
      case .endOfInput: return .beep
      case .interruption: break
      case .wake:
        mailbox.drain()
        if mailbox.isActiveCancelled {
          stop = .cancelled
          return .nothing
        }
      }
    }
    ct_editor_insert(editor, WideText.scalars(pasted.text))
    return .refresh
  }
}

/// Tab and Backspace in Python's leading blanks.
enum IndentationKeys {
  private static let step = 4
  private static let space: UInt32 = 0x20
  private static let tab: UInt32 = 0x09

  /// Tab goes to the next multiple of four at the line's start or after a blank; elsewhere `nil`.
  static func spacesToInsert(before: ArraySlice<UInt32>) -> Int? {
    if let last = before.last, last != space, last != tab { return nil }
    return step - before.count % step
  }

  /// Backspace goes to the last multiple of four when only spaces stand before the cursor; elsewhere it
  /// erases one scalar.
  static func scalarsToErase(before: ArraySlice<UInt32>) -> Int {
    guard !before.isEmpty, before.allSatisfy({ $0 == space }) else { return 1 }
    return (before.count - 1) % step + 1
  }
}
