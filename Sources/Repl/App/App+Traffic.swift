internal import MCP
internal import TerminalText
internal import Traffic

extension App {
  private var rows: Int { size(of: .traffic).rows }

  mutating func selectNextMark() {
    let log = traffic.log
    if !traffic.selectNext(rows: rows, where: { log.isMarked($0.number) }) { say("Nothing is marked.") }
  }

  /// Shows the open message in its next form.
  mutating func openNextFace() {
    let faces = MessageView.Face.allCases
    let index = message.flatMap { faces.firstIndex(of: $0.face) } ?? 0
    openMessage(faces[(index + 1) % faces.count])
  }

  mutating func openMessage(_ face: MessageView.Face) {
    guard let entry = traffic.current else { return }
    // The list stays on this message when others come.
    traffic.select(entry.number, rows: rows)
    let finder = message?.finder
    message = MessageView(entry, in: traffic.log, face: face)
    message?.finder = finder
  }

  mutating func step(by step: Int) {
    guard let message, let entry = traffic.current else { return }
    let position = traffic.list.position(of: entry.number) + step
    guard let number = traffic.list[position] else {
      say(step > 0 ? "This is the newest message." : "This is the oldest message.")
      return
    }
    traffic.select(number, rows: rows)
    openMessage(message.face)
  }

  mutating func resend() -> [AppAction] {
    sentCount += 1
    guard let entry = traffic.current,
      let text = traffic.log.resendText(entry.number, id: .string("inspector-\(sentCount)"))
    else {
      say("Only a request can be sent again.", .warning)
      return []
    }
    guard entry.direction == .sent else {
      say("This request came from the server; it cannot be sent to it.", .warning)
      return []
    }
    return send(text)
  }

  /// Puts the message at the prompt, laid out; a request gets an id of its own.
  mutating func edit() -> [AppAction] {
    guard let entry = traffic.current else { return [] }
    sentCount += 1
    let text = traffic.log.resendText(entry.number, id: .string("inspector-\(sentCount)")) ?? entry.text
    let pretty = (try? JSON(parsing: text.utf8))?.pretty()
    return [.openEditor(pretty ?? text)]
  }
}
