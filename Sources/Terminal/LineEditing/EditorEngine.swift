import CTerminal
import SystemPackage
import SystemSupport
public import TerminalText

/// Edits a block of text with libedit, without drawing it. Keys are those of emacs or vi, as the user's
/// `~/.editrc` says; there are killing and yanking, undo, and a history of whole blocks.
///
/// libedit works on a thread and a pseudo-terminal of its own. Each call gives the block as it then is; calls
/// should come one after the other. Up and Down move by lines, and walk the history at the first and last
/// line. Home and End move within the line.
public final class EditorEngine: Sendable {
  public struct Configuration: Sendable {
    /// The name by which lines in editrc can be meant for this program only.
    public var program = "mcp-run-python"
    public var initialization = LineEditor.Initialization.user
    /// The history, to which the caller adds each accepted block.
    public var history: History?

    public init() {}
  }

  private let mailbox: EditorMailbox<HiddenEditor.Request>

  /// - Throws: ``LineEditorError``, or the reason why there is no pseudo-terminal.
  public init(configuration: Configuration = Configuration()) throws {
    TerminalLocale.adopt()
    mailbox = try EditorMailbox()
    nonisolated(unsafe) let core = try HiddenEditor(configuration: configuration, mailbox: mailbox)
    guard (try? OwnedThread.start(receivesSignals: true) { core.run() }) != nil else {
      throw LineEditorError(code: .unavailable)
    }
  }

  deinit {
    // Nobody can wait for an answer of an engine that is gone.
    _ = mailbox.close()
  }

  /// Does a command. A key does what it means to the editor; Enter means something only while the history is
  /// searched. Otherwise the caller chooses between an inserted newline and ``EditorCommand/accept``.
  ///
  /// - Returns: The block as it then is; empty when the engine has ended.
  @discardableResult
  public nonisolated(nonsending) func perform(_ command: EditorCommand) async -> EditorState {
    await withCheckedContinuation { continuation in
      let request = HiddenEditor.Request(command: command, continuation: continuation)
      if !mailbox.submit(request, id: mailbox.makeID()) { continuation.resume(returning: EditorState()) }
    }
  }
}

/// libedit without a display of its own: it gets its keys with each request, and answers with its text.
final class HiddenEditor: EditorCore {
  struct Request: Sendable {
    var command: EditorCommand
    var continuation: CheckedContinuation<EditorState, Never>
  }

  /// The number of times that an operation is sent. A command that waits for a key of its own, such as vi's
  /// `f`, takes the first one.
  private static let attempts = 3

  private let mailbox: EditorMailbox<Request>
  private let terminal: PrivateTerminal
  private let history: History?

  private var active: Request?
  /// The keys that libedit gets before the next request.
  var keys: ArraySlice<UInt32> = []
  /// The operation to run as a command of libedit's, so that it is drawn, repeated and undone as one.
  private(set) var operation: ((OpaquePointer) -> ct_outcome)?
  private var attempt = 0
  /// The accepted block, until the caller has been told.
  private var accepted: String?
  /// True when the line ended because the caller asked for that.
  private var wasFinished = false
  private var isClosed = false
  private var hasRead = false
  /// The mode of vi keys; nil for emacs keys.
  var viMode: EditorState.ViMode?
  /// True when vi must be asked for its mode.
  private var wantsMode = false

  var walk: HistoryWalk?
  var search: IncrementalSearch?
  /// The column to keep while moving up and down, and whether the last key did so.
  var goalColumn: Int?
  var hasMovedVertically = false

  init(configuration: EditorEngine.Configuration, mailbox: EditorMailbox<Request>) throws {
    self.mailbox = mailbox
    history = configuration.history
    terminal = try PrivateTerminal()
    super.init()
    let terminal = terminal
    try open(configuration.initialization) {
      ct_editor_create_hidden(configuration.program, terminal.program.rawValue, $0)
    }
    guard let editor else { return }
    ct_editor_enable(editor)
    viMode = isEmacs ? nil : .insert
    HiddenEditorKeys.bind(editor, isEmacs: isEmacs)
  }

  deinit {
    destroy()
  }

  var entries: [String] { history?.entries ?? [] }

  /// Edits block after block until the mailbox is closed.
  func run() {
    while !isClosed, let editor {
      hasRead = false
      var text: UnsafePointer<UInt32>?
      let count = ct_editor_read(editor, &text)
      // Some of libedit's own commands end a line too.
      if !wasFinished, count > 0, let text {
        let line = WideText.string(UnsafeBufferPointer(start: text, count: Int(count)))
        accepted = line.hasSuffix("\n") ? String(line.dropLast()) : line
      }
      wasFinished = false
      walk = nil
      // Without a read, libedit would return at once for ever.
      if !hasRead { break }
    }
    for request in mailbox.close() { request.continuation.resume(returning: EditorState()) }
    active?.continuation.resume(returning: EditorState())
    active = nil
  }

  override func readKey(into key: UnsafeMutablePointer<UInt32>) -> Int32 {
    hasRead = true
    while true {
      if let next = keys.popFirst() {
        key.pointee = next
        return 1
      }
      if operation != nil, attempt < Self.attempts {
        attempt += 1
        key.pointee = HiddenEditorKeys.external
        return 1
      }
      operation = nil
      if wantsMode {
        wantsMode = false
        key.pointee = HiddenEditorKeys.mode
        return 1
      }
      tellState()
      guard let request = mailbox.next()?.request else {
        isClosed = true
        errno = EINTR
        return -1
      }
      active = request
      begin(request.command)
    }
  }

  override func perform(_ command: ct_command, _ editor: OpaquePointer) -> ct_outcome {
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

  /// Has libedit run the operation as its next command.
  func perform(_ operation: @escaping (OpaquePointer) -> ct_outcome) {
    self.operation = operation
    attempt = 0
  }

  func runOperation() -> ct_outcome {
    guard let operation, let editor else { return .nothing }
    self.operation = nil
    return operation(editor)
  }

  private func begin(_ command: EditorCommand) {
    if !hasMovedVertically { goalColumn = nil }
    hasMovedVertically = false
    wantsMode = isModeInDoubt(after: command)
    switch command {
    case .press(let key): press(key)
    case .insert(let text): insert(text)
    case .replace(let text, let cursor):
      search = nil
      perform { HiddenEditor.replace($0, with: text, cursor: cursor) }
    case .accept: finish { $0 }
    case .clear: finish { _ in nil }
    }
  }

  /// True when vi's mode may have changed. Asking in the midst of a command would end that command.
  private func isModeInDoubt(after command: EditorCommand) -> Bool {
    guard !isEmacs, case .press(let key) = command else { return !isEmacs }
    return viMode == .insert || !HiddenEditorKeys.awaitsMore(key)
  }

  func insert(_ text: String) {
    endSearch()
    guard !text.isEmpty else { return }
    // The text comes after the operation that ends a search.
    let ending = operation
    perform { [self] editor in
      if let ending { _ = ending(editor) }
      return insert(text, editor)
    }
  }

  private func finish(_ result: @escaping (String) -> String?) {
    endSearch()
    let ending = operation
    perform { [self] editor in
      if let ending { _ = ending(editor) }
      accepted = result(text(of: editor).text)
      wasFinished = true
      return .finish
    }
  }

  static func replace(_ editor: OpaquePointer, with text: String, cursor: Int) -> ct_outcome {
    ct_editor_replace(editor, WideText.scalars(text))
    let line = ct_editor_line(editor)
    let target = min(max(0, cursor), line.length)
    ct_editor_move(editor, Int32(clamping: target - line.cursor))
    return .refresh
  }

  func text(of editor: OpaquePointer) -> (text: String, cursor: Int) {
    let line = ct_editor_line(editor)
    let scalars = UnsafeBufferPointer(start: line.text, count: line.length)
    let text = WideText.string(scalars)
    return (text, min(line.cursor, line.length))
  }

  private func tellState() {
    guard let active, let editor else { return }
    self.active = nil
    active.continuation.resume(returning: state(editor))
    accepted = nil
  }

  private func state(_ editor: OpaquePointer) -> EditorState {
    if let search {
      return EditorState(
        text: search.text, cursor: search.cursor, searchPrompt: search.prompt, viMode: viMode)
    }
    let (text, cursor) = text(of: editor)
    return EditorState(text: text, cursor: cursor, accepted: accepted, viMode: viMode)
  }
}
