import CTerminal
import SystemPackage
import TerminalText

extension TerminalEditor {
  /// The reader itself sends this key before the first one, so that libedit draws the initial text as its
  /// own.
  static let beginKey: Unicode.Scalar = "\u{1c}"
  /// This key stands for a paste's mark in vi mode, where Escape must not wait for a sequence.
  static let pasteKey: Unicode.Scalar = "\u{90}"

  /// Binds the keys that people expect, and that the user may bind otherwise.
  func bindExpectedKeys(of editor: OpaquePointer) {
    let own = [
      ("^I", "repl-indent"), ("^H", "repl-erase"), ("^?", "repl-erase"),
      ("^R", "em-inc-search-prev"), ("^W", "ed-delete-prev-word"),
      ("\\e[200~", "repl-paste"), ("\\e[3~", "ed-delete-next-char"),
      ("\\e[H", "ed-move-to-beg"), ("\\e[F", "ed-move-to-end"),
      ("\\e[1~", "ed-move-to-beg"), ("\\e[4~", "ed-move-to-end"),
      ("\\e[1;5D", "ed-prev-word"), ("\\e[1;5C", "em-next-word"),
    ]
    for (key, command) in own { ct_editor_bind(editor, key, command) }
  }

  /// Binds the keys without which nothing works.
  func bindNeededKeys(of editor: OpaquePointer) {
    for (key, command) in [("\\034", "repl-begin"), ("^C", "repl-interrupt"), ("^Z", "repl-suspend")] {
      ct_editor_bind(editor, key, command)
      if !isEmacs { ct_editor_bind_alternative(editor, key, command) }
    }
    if !isEmacs {
      ct_editor_bind(editor, "\\220", "repl-paste")
      ct_editor_bind_alternative(editor, "\\220", "repl-paste")
    }
  }

  /// True when an escape began a paste's mark; otherwise the scalars that were read are left for the next
  /// keys.
  func isPasteNext() -> Bool {
    for expected in "[200~".unicodeScalars {
      guard keys.isReady(within: 20), case .scalar(let scalar) = keys.next() else { return false }
      readAhead.append(scalar)
      if scalar != expected { return false }
    }
    readAhead = []
    return true
  }

  func takeNews() {
    mailbox.drain()
    if mailbox.isActiveCancelled { stop = .cancelled }
  }

  func redrawAfterResize() {
    guard let editor, takeSizeChange() else { return }
    redraw(editor)
  }

  private func redraw(_ editor: OpaquePointer) {
    ct_editor_write(editor, "\r")
    ct_editor_redraw(editor)
  }

  func insertInitialText(_ editor: OpaquePointer) -> ct_outcome {
    defer { initialText = "" }
    return insert(initialText, editor)
  }

  func suspendProgram(_ editor: OpaquePointer) -> ct_outcome {
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

  func completeOrIndent(_ editor: OpaquePointer) -> ct_outcome {
    let before = LinePosition(ct_editor_line(editor)).beforeCursor
    let text = before.withUnsafeBufferPointer { WideText.string($0) }
    guard let list = complete(text) else { return indent(editor) }
    guard let common = list.commonRest else { return .beep }
    if !common.isEmpty { return insert(common, editor) }
    guard list.items.count > 1 else { return .beep }
    let names = list.items.map { VisibleText.printable($0) }.joined(separator: "  ")
    ct_editor_move_to_end(editor)
    ct_editor_write(editor, "\n\(names)\n")
    ct_editor_redraw(editor)
    return .nothing
  }

  func paste(_ editor: OpaquePointer) -> ct_outcome {
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
    return insert(pasted.text, editor)
  }
}
