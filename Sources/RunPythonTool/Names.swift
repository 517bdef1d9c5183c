public import MCP

/// The product, as it names itself to others.
public enum Product {
  /// The name of the executable, and of what belongs to it on a disk.
  public static let name = "mcp-run-python"
  /// The server's name for its clients.
  public static let serverName = "MCP Run Python"
  public static let version = "0.1.0"

  /// Introduces a part of the product to the other end of a connection.
  public static func part(_ name: String) -> Implementation { Implementation(name: name, version: version) }
}

/// The tools of the server, by their names on the wire.
public enum ToolName: String, Sendable, Hashable, CaseIterable {
  /// Runs Python code; users of the original rely on the name.
  case run = "run_python_code"
  /// Saves the state of a Python session.
  case checkpoint
  /// Takes a Python session back to an earlier state.
  case restore
  /// Begins another Python session in the state of one.
  case fork

  /// The tools that save states and go back to them.
  public static let ofStates: [ToolName] = [.checkpoint, .restore, .fork]
}

/// The names of arguments and of members of results.
public enum Member {
  public static let code = "python_code"
  public static let globals = "global_variables"
  /// The session of a call and of its result, where no protocol names it.
  public static let session = "session"
  /// A checkpoint's handle, or `-N` for the state before the last N runs.
  public static let checkpoint = "checkpoint"
  public static let name = "name"
  /// True when random numbers must differ from those after the earlier state.
  public static let reseed = "reseed"

  public static let status = "status"
  public static let output = "output"
  public static let value = "return_value"
  public static let representation = "repr"
  public static let error = "error"
  public static let notice = "notice"

  public static let runs = "runs"
  public static let lastLine = "last_line"
  public static let checkpoints = "checkpoints"
  public static let undoable = "undoable"
  public static let keptOutside = "kept_outside"
  public static let bytes = "bytes"
  public static let created = "created"
  static let message = "message"
}

/// Keys in the `_meta` of calls, results, questions and log messages. Each is for clients that know it.
public enum ToolKey {
  /// In a call: true displays the values of all expressions, as at Python's own prompt. They come in log
  /// messages of the logger ``ToolLogger/display``.
  public static let interactive = "mcp-run-python/interactive"

  /// In a call: true sends each image at once too, in a log message of the logger ``ToolLogger/image``.
  public static let images = "mcp-run-python/images"

  /// In a call: the columns of the console that shows the output. Tables are made to fit.
  public static let columns = "mcp-run-python/columns"

  /// In a call: the lines of that console.
  public static let lines = "mcp-run-python/lines"

  /// In a call: the kind of the terminal that shows the output, a case of ``TerminalKind``. Code may print colours.
  public static let terminal = "mcp-run-python/terminal"

  /// In a call: the cells for drawings of figures, an object with `columns` and `rows`. Each figure of matplotlib is
  /// then drawn for a terminal without graphics too.
  public static let figures = "mcp-run-python/figures"

  /// In a log message of the logger ``ToolLogger/image``: the drawing of the figure for cells, as JSON.
  public static let drawing = "drawing"

  /// In a call: `sys.argv`, an array of strings. The first is the code's file, or `-c`.
  public static let argv = "mcp-run-python/argv"

  /// In a call: true says that the code is the client's own. It is not its user's, so it does not count as a
  /// run.
  public static let aside = "mcp-run-python/aside"

  /// In a call: true makes that the run can be undone even when another one follows at once: that one waits
  /// until the state is saved. The wait ends where saving has taken more than a second already.
  ///
  /// In a result with the number of runs: the numbers of last runs that can be undone, the fewest first.
  public static let undoable = "mcp-run-python/undoable"

  /// In a call: true asks for the number of runs that the session's state comes from. The result tells it
  /// under the same key.
  public static let runs = "mcp-run-python/runs"

  /// In a result with the number of runs: the end of code that ended Python. The object has the `status` that
  /// the code asked for, and the `message` that Python then writes.
  public static let exit = "mcp-run-python/exit"

  /// In a call of `checkpoint` or `restore`: the absolute path of a file to write or to read. It counts only
  /// where the client is the server's own user.
  public static let file = "mcp-run-python/file"

  /// In a question: true says that the answer must neither be shown while it is typed nor be kept.
  public static let hidden = "mcp-run-python/hidden"

  /// In a log message of output: true says that the text begins a line whose end is still to come.
  public static let partial = "mcp-run-python/partial"
}

/// The loggers of the server's log messages.
public enum ToolLogger: String, Sendable, Hashable, CaseIterable {
  case stdout, stderr
  /// The values that an interactive run displays.
  case display
  /// Images; the message's data has the members `mimeType` and `data`, the latter in base64.
  case image
  /// The steps of installing packages.
  case install
  /// The server's remarks on a run.
  case notice = "sandbox"
}

extension LogMessage {
  /// True when the text begins a line whose end is still to come.
  public var isPartial: Bool { meta?[ToolKey.partial] == true }
}

/// The question of an `input()`, as the client's user sees it.
public enum InputQuestionText {
  /// The question of an `input()` that has no prompt.
  public static let plain = "Python waits for a line of input."
}

/// The server's prompt. It exists for the completion of its argument: names and attributes of the live
/// variables.
public enum PythonPrompt {
  public static let name = "python"
  public static let argument = "code"
}
