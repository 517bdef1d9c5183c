import CTerminal
import Repl

extension EditorCore {
  /// Reads a line that must not be shown.
  func readHidden(
    _ request: EditorMailbox.Request, _ editor: OpaquePointer
  ) -> Result<LineResult, any Error> {
    let hidden = HiddenKeys(on: input)
    defer { hidden?.restore() }
    ct_editor_write(editor, request.prompt)
    var line = String.UnicodeScalarView()
    while true {
      switch keys.next() {
      case .scalar("\n"), .scalar("\r"): return .success(.line(String(line)))
      case .scalar(let scalar): line.append(scalar)
      case .endOfInput:
        ct_editor_write(editor, "\n")
        return .success(.endOfInput)
      case .interruption: hidden?.hide()
      case .wake:
        mailbox.drain()
        if mailbox.isActiveCancelled {
          ct_editor_write(editor, "\n")
          return .failure(CancellationError())
        }
        if mailbox.takeTerminalChange() { hidden?.hide() }
      }
    }
  }
}
