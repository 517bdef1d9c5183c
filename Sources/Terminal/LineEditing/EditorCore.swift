import CTerminal
import Synchronization
import SystemPackage
import SystemSupport

/// libedit with all that its two displays share: ``TerminalEditor`` draws on the user's terminal, and
/// ``HiddenEditor`` tells its text to a caller, who draws it. It needs no lock, because its thread alone
/// holds it.
class EditorCore {
  private(set) var editor: OpaquePointer?
  private(set) var isEmacs = true

  /// Makes the editor and runs the user's editrc.
  ///
  /// - Parameters:
  ///   - create: makes libedit's editor; it calls the delegate from then on.
  ///   - prepare: binds keys before the user's own bindings.
  /// - Throws: ``LineEditorError``
  final func open(
    _ initialization: LineEditor.Initialization, create: (ct_delegate) -> OpaquePointer?,
    prepare: (OpaquePointer) -> Void = { _ in }
  ) throws {
    editor = create(delegate)
    guard let editor else { throw LineEditorError(code: .unavailable) }
    prepare(editor)
    switch initialization {
    case .user: ct_editor_source(editor, nil)
    case .file(let path): ct_editor_source(editor, path.string)
    case .none: break
    }
    isEmacs = ct_editor_is_emacs(editor)
  }

  /// Ends libedit's editor, before the descriptors are closed that it uses.
  final func destroy() {
    if let editor { ct_editor_destroy(editor) }
    editor = nil
  }

  // MARK: The display's part

  /// Gives libedit the next key; waits for one if need be.
  ///
  /// - Returns: 1, 0 at the end of the input, or -1 to stop reading.
  func readKey(into key: UnsafeMutablePointer<UInt32>) -> Int32 { 0 }

  /// Does a command that a key is bound to.
  func perform(_ command: ct_command, _ editor: OpaquePointer) -> ct_outcome { .beep }

  private var delegate: ct_delegate {
    ct_delegate(
      context: Unmanaged.passUnretained(self).toOpaque(),
      read_key: { context, scalar in EditorCore.at(context).readKey(into: scalar) },
      perform: { context, command in
        let core = EditorCore.at(context)
        return core.editor.map { core.perform(command, $0) } ?? .beep
      })
  }

  private static func at(_ context: UnsafeMutableRawPointer) -> EditorCore {
    Unmanaged<EditorCore>.fromOpaque(context).takeUnretainedValue()
  }

  // MARK: Commands of both displays

  final func insert(_ text: String, _ editor: OpaquePointer) -> ct_outcome {
    ct_editor_insert(editor, WideText.scalars(text))
    return .refresh
  }

  /// Inserts blanks up to the next indentation.
  final func indent(_ editor: OpaquePointer) -> ct_outcome {
    let before = LinePosition(ct_editor_line(editor)).beforeCursor
    guard let count = IndentationKeys.spacesToInsert(before: before) else { return .beep }
    return insert(String(repeating: " ", count: count), editor)
  }

  /// Erases a character, or an indentation.
  final func erase(_ editor: OpaquePointer) -> ct_outcome {
    let lines = LinePosition(ct_editor_line(editor))
    guard lines.cursor > 0 else { return .beep }
    ct_editor_erase(editor, Int32(IndentationKeys.scalarsToErase(before: lines.beforeCursor)))
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

/// The requests to an editor's thread, from the tasks that want something of it.
///
/// A byte in its pipe wakes the thread wherever it waits: for a request or for a key.
final class EditorMailbox<Request: Sendable>: Sendable {
  struct Entry: Sendable {
    let id: UInt64
    let request: Request
  }

  private struct State {
    var waiting: [Entry] = []
    var active: UInt64?
    var lastID: UInt64 = 0
    var cancelled: Set<UInt64> = []
    var isClosed = false
  }

  /// The lock guards the requests from the tasks that submit and cancel them and the thread that takes them.
  private let state = Mutex(State())
  private let pipe: WakePipe

  init() throws {
    pipe = try WakePipe()
  }

  /// The descriptor that becomes readable when there is news.
  var wakeReader: FileDescriptor { pipe.readEnd }

  // MARK: The tasks' side

  func makeID() -> UInt64 {
    state.withLock {
      $0.lastID += 1
      return $0.lastID
    }
  }

  /// - Returns: false when the request was cancelled before, or the mailbox is closed: nobody will do it.
  func submit(_ request: Request, id: UInt64) -> Bool {
    let isTaken = state.withLock { state in
      if state.cancelled.remove(id) != nil || state.isClosed { return false }
      state.waiting.append(Entry(id: id, request: request))
      return true
    }
    if isTaken { pipe.wake() }
    return isTaken
  }

  /// Ends a request, even one that comes later.
  ///
  /// - Returns: the request, if it still waited: nobody will do it. Otherwise the thread is told.
  func cancel(_ id: UInt64) -> Request? {
    let waiting = state.withLock { state -> Request? in
      if let index = state.waiting.firstIndex(where: { $0.id == id }) {
        return state.waiting.remove(at: index).request
      }
      state.cancelled.insert(id)
      return nil
    }
    if waiting == nil { pipe.wake() }
    return waiting
  }

  /// Closes the mailbox, which ends the thread.
  ///
  /// - Returns: the requests that still waited: nobody will do them.
  func close() -> [Request] {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [] }
      return state.waiting.map(\.request)
    }
    pipe.wake()
    return waiting
  }

  // MARK: The thread's side

  /// Waits for the next request; `nil` when the mailbox is closed.
  func next() -> Entry? {
    while true {
      let (entry, isClosed) = state.withLock { state -> (Entry?, Bool) in
        guard !state.waiting.isEmpty else { return (nil, state.isClosed) }
        let entry = state.waiting.removeFirst()
        state.active = entry.id
        return (entry, false)
      }
      if isClosed { return nil }
      if let entry { return entry }
      drain()
    }
  }

  /// Forgets a request that is done.
  func finish(_ id: UInt64) {
    state.withLock {
      $0.active = nil
      $0.cancelled.remove(id)
    }
  }

  var isActiveCancelled: Bool {
    state.withLock { state in state.active.map { state.cancelled.contains($0) } ?? false }
  }

  /// Waits for news and takes the bytes that announced it.
  func drain() { pipe.wait() }
}
