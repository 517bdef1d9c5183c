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

  /// Does what the key means to the editor. Enter means something only while the history is searched.
  /// Otherwise the caller chooses between ``insert(_:)`` of a newline and ``accept()``.
  @discardableResult
  public func press(_ key: Key) async -> EditorState {
    await submit(.press(key))
  }

  /// Inserts text as it is, newlines and all.
  @discardableResult
  public func insert(_ text: String) async -> EditorState {
    await submit(.insert(text))
  }

  /// Replaces the whole block.
  ///
  /// - Parameter cursor: the cursor's place, in Unicode scalars from the start; cut to the text.
  @discardableResult
  public func replace(text: String, cursor: Int) async -> EditorState {
    await submit(.replace(text, cursor: cursor))
  }

  /// Ends the block.
  ///
  /// - Returns: a state with the block as ``EditorState/accepted`` and no text.
  @discardableResult
  public func accept() async -> EditorState {
    await submit(.accept)
  }

  /// Drops the block.
  @discardableResult
  public func clear() async -> EditorState {
    await submit(.clear)
  }

  nonisolated(nonsending) private func submit(_ order: HiddenEditor.Order) async -> EditorState {
    await withCheckedContinuation { continuation in
      let request = HiddenEditor.Request(order: order, continuation: continuation)
      if !mailbox.submit(request, id: mailbox.makeID()) { continuation.resume(returning: EditorState()) }
    }
  }
}
