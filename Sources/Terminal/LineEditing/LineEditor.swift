import CTerminal
public import SystemPackage
import SystemSupport

/// Edits lines on a terminal with libedit: emacs or vi keys as the user's `~/.editrc` says, history, Unicode.
///
/// The blocking work is done on one thread that the editor owns; calls queue. While no line is read, the
/// terminal has its former settings.
public final class LineEditor: Sendable {
  public enum Initialization: Sendable {
    /// The file that `EDITRC` names, or `~/.editrc`.
    case user
    case file(FilePath)
    case none
  }

  public struct Configuration: Sendable {
    /// The name by which lines in editrc can be meant for this program only.
    public var program = "mcp-run-python"
    public var initialization = Initialization.user
    /// The blocks that the arrows and Ctrl-R recall; a block of several lines comes as a whole.
    public var history: History?
    /// Completes the line up to the cursor at Tab, on the editor's thread; nil for a line where Tab indents.
    public var complete: @Sendable (String) -> LineCompletion? = { _ in nil }
    /// Stops the program at Ctrl-Z, with the terminal as it was before; returns when the program goes on.
    public var suspend: @Sendable () -> Void = { ct_suspend_job() }

    public init() {}
  }

  private let mailbox: EditorMailbox<TerminalEditor.Request>

  /// - Parameters:
  ///   - input: a terminal to read from.
  ///   - output: a terminal to draw on.
  /// - Throws: ``LineEditorError`` if one of them is no terminal, or the editor cannot be had.
  public init(input: FileDescriptor, output: FileDescriptor, configuration: Configuration) throws {
    guard TerminalDevice.isTerminal(input), TerminalDevice.isTerminal(output) else {
      throw LineEditorError(code: .notATerminal)
    }
    TerminalLocale.adopt()
    mailbox = try EditorMailbox()
    nonisolated(unsafe) let core = try TerminalEditor(
      input: input, output: output, configuration: configuration, mailbox: mailbox)
    guard (try? OwnedThread.start(receivesSignals: true) { core.run() }) != nil else {
      throw LineEditorError(code: .unavailable)
    }
  }

  deinit {
    // Nobody can wait for a line of an editor that is gone.
    _ = mailbox.close()
  }

  /// Waits for a line.
  ///
  /// - Parameters:
  ///   - prompt: the text before the line; it may hold colour sequences.
  ///   - initialText: text that stands in the line from the beginning and can be edited, such as an indentation.
  /// - Throws: `CancellationError` when the task is cancelled; typed text is then lost.
  public func readLine(prompt: String, initialText: String = "") async throws -> LineResult {
    try await readLine(prompt, initialText: initialText, isHidden: false)
  }

  /// Waits for a line that is not shown while it is typed. The terminal edits it, as for getpass(3), and
  /// makes Ctrl-C a signal.
  ///
  /// - Throws: `CancellationError` when the task is cancelled.
  public func readHiddenLine(prompt: String) async throws -> LineResult {
    try await readLine(prompt, initialText: "", isHidden: true)
  }

  private func readLine(
    _ prompt: String, initialText: String, isHidden: Bool
  ) async throws -> LineResult {
    let id = mailbox.makeID()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let request = TerminalEditor.Request(
          prompt: prompt, initialText: initialText, isHidden: isHidden, continuation: continuation)
        if !mailbox.submit(request, id: id) { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      mailbox.cancel(id)?.continuation.resume(throwing: CancellationError())
    }
  }
}

/// The possible endings of a line.
public struct LineCompletion: Sendable, Equatable {
  /// The common beginning of all endings beyond the typed text; nil when nothing fits.
  public var commonRest: String?
  public var items: [String]

  public init(commonRest: String?, items: [String]) {
    self.commonRest = commonRest
    self.items = items
  }
}

/// The result of reading a line.
public enum LineResult: Sendable, Equatable {
  /// A line without its terminator. It holds newlines when a block of several lines was pasted or recalled.
  case line(String)
  /// The user pressed Ctrl-C.
  case interrupted
  /// The user pressed Ctrl-D on an empty line, or the terminal is gone.
  case endOfInput
}

/// The reason why lines cannot be edited.
public struct LineEditorError: Error, Sendable, Equatable, CustomStringConvertible {
  public struct Code: Sendable, Hashable {
    private let name: String

    public static let notATerminal = Code(name: "notATerminal")
    public static let unavailable = Code(name: "unavailable")
  }

  public var code: Code

  public var description: String {
    switch code {
    case .notATerminal: "Lines can only be edited on a terminal; input and output must both be one."
    default: "The line editor could not be started; pipe the code in instead."
    }
  }
}
