public import MCP

/// Something that the application's model wants done. The loop does the actions in their order.
public enum AppAction: Sendable, Hashable {
  /// To be answered with an ``AppEvent/editor(_:)`` each.
  case edit(EditorCommand)

  case run(Run)
  case cancelRun
  /// Ends the interpreter and starts a new one. A run that is going on ends with it.
  case restartInterpreter
  /// Forgets all variables; to be answered with an ``AppEvent/variablesReset(runs:)``.
  case resetVariables
  /// nil answers with the end of input: Python raises EOFError.
  case answerInput(id: Int, String?)
  case complete(CompletionRequest)
  /// `name?`, and with the source `name??`. To be answered with an ``AppEvent/answer(_:)``, as the next ones.
  case inspect(name: String, withSource: Bool)
  case showVariables
  case showDependencies
  /// All blocks in the history that hold the text.
  case showHistory(matching: String)
  case listTools
  case ping
  case callTool(name: String, arguments: JSONObject)
  /// Sends this text as one message, whatever it is.
  case send(String)

  /// Asks the server to go back in time, for ``AppEvent/sessionAnswered(_:)`` or ``AppEvent/sessionRefused(_:)``.
  case session(SessionRequest)
  /// Uses another session of the server from now on.
  case useSession(handle: String?)

  /// Reads a file for ``AppEvent/loaded(path:text:)``.
  case load(path: String)
  case save(path: String, text: String)
  /// To be answered with an ``AppEvent/answer(_:)``.
  case image(ImageCommand)
  /// Writes every message from now on to this file; nil ends that.
  case trace(path: String?)
  /// Puts text on the clipboard (OSC 52).
  case copy(String)
  /// Opens `$EDITOR` with this text, for ``AppEvent/edited(_:)``.
  case openEditor(String)

  /// Draws the whole screen anew.
  case redraw
  case suspend
  case quit
  /// Leaves as the code wants it: the process's status, and what is written to stderr.
  case leave(status: UInt8, message: String?)
}

/// Something for the line editor.
public enum EditorCommand: Sendable, Hashable {
  case press(Key)
  /// Puts text in at the cursor, verbatim.
  case insert(String)
  /// Takes this text in place of the whole buffer.
  ///
  /// - Parameter cursor: in Unicode scalars from the start.
  case replace(text: String, cursor: Int)
  /// Ends the block, puts it into the history and empties the buffer: ``EditorState/accepted``.
  case accept
  /// Empties the buffer; the history is left alone.
  case clear
}

/// Code to run.
public struct Run: Sendable, Hashable {
  /// From 1.
  public var number: Int
  public var code: String
  /// Whether the values of all its expressions are displayed, as Python does with what is typed but not with files.
  public var isInteractive: Bool
  /// How wide the console is.
  public var columns: Int?

  public init(number: Int, code: String, isInteractive: Bool = true, columns: Int? = nil) {
    self.number = number
    self.code = code
    self.isInteractive = isInteractive
    self.columns = columns
  }
}
