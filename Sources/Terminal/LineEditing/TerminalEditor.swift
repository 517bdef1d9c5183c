import CTerminal
import SystemPackage
import SystemSupport

/// libedit on the user's terminal, which it draws on itself: a line is read, and its keys with it.
final class TerminalEditor: EditorCore {
  enum Stop {
    case interrupted, cancelled
  }

  struct Request: Sendable {
    var prompt: String
    var initialText: String
    /// True when the line must not be shown while it is typed.
    var isHidden = false
    var continuation: CheckedContinuation<LineResult, any Error>
  }

  let mailbox: EditorMailbox<Request>
  let input: FileDescriptor
  let output: FileDescriptor
  let suspend: @Sendable () -> Void
  let complete: @Sendable (String) -> LineCompletion?
  private let history: History?

  private(set) var usesBracketedPaste = false
  private(set) var savedSettings: termios?
  private var size: TerminalDevice.Size?
  private var knownHistory = 0
  private var prompt: [UInt32] = [0]

  var keys: KeyReader
  /// The scalars that were read after an escape and were no paste.
  var readAhead: ArraySlice<Unicode.Scalar> = []
  var stop: Stop?
  /// The text to insert before the first key.
  var initialText = ""
  var isFirstKey = true

  init(
    input: FileDescriptor, output: FileDescriptor, configuration: LineEditor.Configuration,
    mailbox: EditorMailbox<Request>
  ) throws {
    self.mailbox = mailbox
    self.input = try input.duplicate()
    self.output = try output.duplicate()
    history = configuration.history
    suspend = configuration.suspend
    complete = configuration.complete
    keys = KeyReader(terminal: self.input, wake: mailbox.wakeReader)
    super.init()
    try open(
      configuration.initialization,
      create: { ct_editor_create(configuration.program, input.rawValue, output.rawValue, $0) },
      prepare: bindExpectedKeys)
    guard let editor else { return }
    bindNeededKeys(of: editor)
    usesBracketedPaste = TerminalDevice.type.map { $0 != "dumb" } ?? false
    size = TerminalDevice.size(of: self.output)
    if let history { ct_editor_set_history_size(editor, Int32(clamping: history.limit)) }
  }

  deinit {
    destroy()
    try? input.close()
    try? output.close()
  }

  /// Serves requests until the mailbox is closed.
  func run() {
    while let entry = mailbox.next() {
      let result = read(entry.request)
      mailbox.finish(entry.id)
      entry.request.continuation.resume(with: result)
    }
  }

  override func readKey(into key: UnsafeMutablePointer<UInt32>) -> Int32 {
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

  override func perform(_ command: ct_command, _ editor: OpaquePointer) -> ct_outcome {
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

  private func read(_ request: Request) -> Result<LineResult, any Error> {
    guard let editor else { return .success(.endOfInput) }
    if mailbox.isActiveCancelled { return .failure(CancellationError()) }
    if request.isHidden { return readHidden(request, editor) }
    prepare(request, editor)
    defer { restoreTerminal() }

    return prompt.withUnsafeBufferPointer { prompt in
      guard let start = prompt.baseAddress else { return .success(.endOfInput) }
      ct_editor_set_prompt(editor, start)
      var text: UnsafePointer<UInt32>?
      let count = ct_editor_read(editor, &text)
      switch stop {
      case .cancelled:
        ct_editor_write(editor, "\n")
        return .failure(CancellationError())
      case .interrupted:
        ct_editor_write(editor, "^C\n")
        return .success(.interrupted)
      case nil:
        guard count > 0, let text else {
          ct_editor_write(editor, "\n")
          return .success(.endOfInput)
        }
        let line = WideText.string(UnsafeBufferPointer(start: text, count: Int(count)))
        return .success(.line(line.hasSuffix("\n") ? String(line.dropLast()) : line))
      }
    }
  }

  private func prepare(_ request: Request, _ editor: OpaquePointer) {
    savedSettings = TerminalDevice.settings(of: input)
    prompt = WideText.scalars(PromptMarks.marked(request.prompt))
    initialText = request.initialText
    isFirstKey = true
    stop = nil
    takeSizeChange()
    syncHistory(editor)
    // libedit itself would do so only after the prompt; keys typed in between would go to the line
    // discipline.
    ct_editor_prepare_terminal(editor, true)
    announcePaste(true)
  }

  func restoreTerminal() {
    announcePaste(false)
    if let savedSettings { TerminalDevice.restore(savedSettings, on: input) }
  }

  func announcePaste(_ isWanted: Bool) {
    guard usesBracketedPaste, let editor else { return }
    ct_editor_write(editor, isWanted ? "\u{1b}[?2004h" : "\u{1b}[?2004l")
  }

  /// Takes the terminal's size if it is not the known one.
  @discardableResult
  func takeSizeChange() -> Bool {
    guard let editor, let current = TerminalDevice.size(of: output), current != size else { return false }
    size = current
    ct_editor_resize(editor)
    return true
  }

  private func syncHistory(_ editor: OpaquePointer) {
    guard let history else { return }
    let (entries, total) = history.added(since: knownHistory)
    for entry in entries { ct_editor_add_history(editor, WideText.scalars(entry)) }
    knownHistory = total
  }
}

extension TerminalEditor {
  /// Reads a line that must not be shown.
  func readHidden(
    _ request: Request, _ editor: OpaquePointer
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
      }
    }
  }
}
