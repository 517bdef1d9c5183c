import Synchronization
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

  private let mailbox: EngineMailbox

  /// - Throws: ``LineEditorError``, or the reason why there is no pseudo-terminal.
  public init(configuration: Configuration = Configuration()) throws {
    TerminalLocale.adopt()
    mailbox = try EngineMailbox()
    nonisolated(unsafe) let core = try EngineCore(configuration: configuration, mailbox: mailbox)
    guard OwnedThread.start({ core.run() }) == 0 else { throw LineEditorError(code: .unavailable) }
  }

  deinit {
    mailbox.close()
  }

  /// Does what the key means to the editor. Enter means something only while the history is searched.
  /// Otherwise the caller chooses between ``insert(_:)`` of a newline and ``accept()``.
  @discardableResult
  public func press(_ key: Key) async -> EditorState {
    await mailbox.submit(.press(key))
  }

  /// Inserts text as it is, newlines and all.
  @discardableResult
  public func insert(_ text: String) async -> EditorState {
    await mailbox.submit(.insert(text))
  }

  /// Replaces the whole block.
  ///
  /// - Parameter cursor: the cursor's place, in Unicode scalars from the start; cut to the text.
  @discardableResult
  public func replace(text: String, cursor: Int) async -> EditorState {
    await mailbox.submit(.replace(text, cursor: cursor))
  }

  /// Ends the block.
  ///
  /// - Returns: a state with the block as ``EditorState/accepted`` and no text.
  @discardableResult
  public func accept() async -> EditorState {
    await mailbox.submit(.accept)
  }

  /// Drops the block.
  @discardableResult
  public func clear() async -> EditorState {
    await mailbox.submit(.clear)
  }
}

/// The requests to the editor's thread, in order.
final class EngineMailbox: Sendable {
  enum Order: Sendable {
    case press(Key)
    case insert(String)
    case replace(String, cursor: Int)
    case accept
    case clear
  }

  struct Request: Sendable {
    var order: Order
    var continuation: CheckedContinuation<EditorState, Never>
  }

  private struct State {
    var waiting: [Request] = []
    var isClosed = false
  }

  /// The lock guards the requests from the tasks that submit them and the thread that takes them.
  private let state = Mutex(State())
  private let pipe: WakePipe

  init() throws {
    pipe = try WakePipe()
  }

  nonisolated(nonsending) func submit(_ order: Order) async -> EditorState {
    await withCheckedContinuation { continuation in
      let isClosed = state.withLock { state in
        if !state.isClosed { state.waiting.append(Request(order: order, continuation: continuation)) }
        return state.isClosed
      }
      if isClosed { continuation.resume(returning: EditorState()) } else { pipe.wake() }
    }
  }

  /// Closes the mailbox; later requests get an empty state.
  func close() {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for request in waiting { request.continuation.resume(returning: EditorState()) }
    pipe.wake()
  }

  /// Waits for the next request; `nil` when the mailbox is closed.
  func next() -> Request? {
    while true {
      let (request, isClosed) = state.withLock { state -> (Request?, Bool) in
        (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isClosed)
      }
      if let request { return request }
      if isClosed { return nil }
      pipe.wait()
      _ = pipe.drain()
    }
  }
}
