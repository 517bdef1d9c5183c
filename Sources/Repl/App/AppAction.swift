public import MCP
public import RunPythonTool
public import TerminalText

/// An action that the application's model wants done. The loop does the actions in their order.
public enum AppAction: Sendable, Hashable {
  /// Each is answered with an ``AppEvent/editor(_:)``.
  case edit(EditorCommand)

  case run(Run)
  case cancelRun
  /// Ends the interpreter and starts a new one. A run that is going on ends with it.
  case restartInterpreter
  /// Forgets all variables. The answer is an ``AppEvent/variablesReset(_:)``.
  case resetVariables
  /// Answers Python's `input()`; nil stands for the end of input, and Python raises EOFError.
  case answerInput(id: Int, String?)
  case complete(CompletionRequest)
  /// Explains a name: `name?`, or `name??` with the source. The answer is an ``AppEvent/answer(_:)``, as for
  /// the next ones.
  case inspect(name: String, withSource: Bool)
  case showVariables
  case showDependencies
  /// Shows all blocks in the history that hold the text.
  case showHistory(matching: String)
  case listTools
  case ping
  case callTool(name: String, arguments: JSONObject)
  /// Sends this text as one message, unchecked.
  case send(String)

  /// Makes a session request, for ``AppEvent/sessionAnswered(_:)`` or ``AppEvent/sessionRefused(_:)``.
  case session(SessionRequest)

  /// Reads a file for ``AppEvent/loaded(path:text:)``.
  case load(path: String)
  case save(path: String, text: String)
  /// Saves or opens an image. The answer is an ``AppEvent/answer(_:)``.
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
  /// Leaves as the code asked to: with the process's status, and with a message for stderr.
  case leave(status: UInt8, message: String?)
}

extension CellSize {
  private static let figureRows = 8...24

  /// The cells for a figure in a console: as many as leave room for its code and its caption.
  public static func forFigures(in console: Size) -> CellSize {
    let rows = min(max(console.rows - 3, figureRows.lowerBound), figureRows.upperBound)
    return CellSize(columns: console.columns, rows: rows)
  }
}

/// Code to run.
public struct Run: Sendable, Hashable {
  /// The run's number, from 1.
  public var number: Int
  public var code: String
  /// True for typed code: the values of all its expressions are displayed, which Python does not do for
  /// files.
  public var isInteractive: Bool
  /// The size of the console, in cells.
  public var columns: Int?
  public var lines: Int?
  /// The terminal that shows what the code prints; nil where that goes elsewhere.
  public var terminal: TerminalKind?
  /// The cells for drawings of figures; nil where figures are shown in another way, or not at all.
  public var figures: CellSize?

  public init(
    number: Int, code: String, isInteractive: Bool = true, columns: Int? = nil, lines: Int? = nil,
    terminal: TerminalKind? = nil, figures: CellSize? = nil
  ) {
    self.figures = figures
    self.number = number
    self.code = code
    self.isInteractive = isInteractive
    self.columns = columns
    self.lines = lines
    self.terminal = terminal
  }
}
