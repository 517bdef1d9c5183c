internal import SystemSupport
internal import TerminalText

extension App {
  mutating func take(_ state: EditorState) -> [AppAction] {
    prompt.take(state)
    guard let block = state.accepted else { return [] }
    return accepted(block)
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

  /// True when the block asks to leave, as `exit` does at Python's own prompt.
  static func isExit(_ block: String) -> Bool {
    ["exit", "exit()", "quit", "quit()"].contains(block.filter { !$0.isWhitespace })
  }

  /// Answers Ctrl-C.
  mutating func interrupt() -> [AppAction] {
    if prompt.completions != nil {
      prompt.completions = nil
      return []
    }
    if palette != nil || help != nil {
      palette = nil
      help = nil
      return []
    }
    if let journey, waiting.isEmpty {
      say("It cannot be interrupted while it is \(journey.request.doing); :restart gives it up.", .warning)
      return []
    }
    guard let run else { return waiting.isEmpty ? dropBlock() : giveUpWaiting() }
    if let last = run.interrupted, now.timeIntervalSince(last) <= 2 {
      question = Question(subject: .restart)
      return []
    }
    return cancel()
  }

  /// Cancels the run that goes on.
  mutating func cancel() -> [AppAction] {
    guard run != nil else {
      say("Nothing runs.")
      return []
    }
    run?.interrupted = now
    say("Cancelling. Ctrl-C within 2 s restarts the interpreter.", .warning, isOfRun: true)
    return [.cancelRun] + giveUpWaiting()
  }

  private mutating func dropBlock() -> [AppAction] {
    focus = .prompt
    message = nil
    if prompt.isEmpty {
      say("Ctrl-D leaves.")
      return []
    }
    return [.edit(.clear)]
  }

  /// Answers Ctrl-D.
  mutating func endInput() -> [AppAction] {
    guard prompt.isEmpty else { return [.edit(.press(.control("d")))] }
    if let request = prompt.question { return [.answerInput(id: request.id, nil)] + prompt.endQuestion() }
    if run != nil {
      question = Question(subject: .quit)
      return []
    }
    return [.quit]
  }

  mutating func answerQuestion(_ isYes: Bool) -> [AppAction] {
    defer { question = nil }
    guard isYes, let question else { return [] }
    switch question.subject {
    case .quit: return [.quit]
    case .restart: return restart()
    }
  }

  mutating func restart() -> [AppAction] {
    if case .replaying = server {
      console.say("This is a saved session; there is no server.", .warning)
      return []
    }
    console.say("Restarting the interpreter.\(sessions.obituary)")
    forgetSessions()
    // Blocks that are typed from now on are meant for the new interpreter.
    server = .connecting("restarting")
    return [.restartInterpreter]
  }
}
