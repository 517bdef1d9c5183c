public import MCP
internal import PythonSandbox

/// The server's tool in the form that clients know.
public enum RunPythonTool {
  public static let name = "run_python_code"

  public static let tool = Tool(
    name: name, title: "Run Python code", description: description, inputSchema: inputSchema,
    outputSchema: outputSchema)

  /// The argument and the result's member that name a session where no protocol does.
  public static let sessionArgument = "session"

  /// A key in a call's `_meta`. If true, the values of all expressions are displayed, as at Python's own
  /// prompt. They come in log messages of the logger `display`.
  public static let interactiveKey = "mcp-run-python/interactive"

  /// A key in a call's `_meta`. If true, each image is also sent at once, in a log message of the logger
  /// `image`. The message's data has the members `mimeType` and `data`, the latter in base64.
  public static let imagesKey = "mcp-run-python/images"

  /// A key in a call's `_meta`: the columns of the console that shows the output. Tables are made to fit.
  public static let columnsKey = "mcp-run-python/columns"

  /// A key in a call's `_meta`: `sys.argv`, an array of strings. The first is the code's file, or `-c`.
  public static let argvKey = "mcp-run-python/argv"

  /// The logger of the server's remarks on a run.
  public static let noticeLogger = "sandbox"

  /// The question of an `input()` that has no prompt.
  public static let plainQuestion = "Python waits for a line of input."

  /// A key in the `_meta` of a question. If true, the answer must neither be shown while it is typed nor be
  /// kept.
  public static let hiddenKey = "mcp-run-python/hidden"

  /// A key in the `_meta` of a log message of output. If true, the text begins a line whose end is still to
  /// come.
  public static let partialKey = "mcp-run-python/partial"

  /// A key in a call's `_meta`. If true, the code is the client's own and not its user's, so it does not
  /// count as a run.
  public static let asideKey = "mcp-run-python/aside"

  /// A key in a call's `_meta`. If true, the run can be undone even when another one follows at once: that
  /// one waits until the state is saved. The wait ends where saving has taken more than a second already.
  public static let undoableKey = "mcp-run-python/undoable"

  /// A key in a call's `_meta`. If true, the result tells the number of runs that the session's state comes
  /// from, under the same key.
  public static let runsKey = "mcp-run-python/runs"

  /// A key in the `_meta` of a result with the number of runs, for code that ended Python. The object has the
  /// `status` that the code asked for, and the `message` that Python then writes.
  public static let exitKey = "mcp-run-python/exit"

  /// Gives the tool for one way of naming sessions.
  static func tool(_ naming: SessionNaming) -> Tool {
    var tool = Self.tool
    func add(argument: String, result: String) {
      tool.inputSchema.add(property: sessionArgument, naming.schema(argument))
      tool.outputSchema?.add(
        property: sessionArgument, ["type": "string", "description": .string(result)])
    }
    switch naming {
    case .never: break
    case .forks:
      add(
        argument: "Session from a fork; leave out for the one that the conversation began with",
        result: "The session, if it was named")
    case .always:
      add(
        argument: "Session from an earlier result, to go on with its variables; leave out to begin a new one",
        result: "Name this session in the next call to go on with its variables")
    }
    return tool
  }

  /// The full version of the Python that runs the code, such as 3.14.2.
  public static let pythonVersion = RuntimeLock.pinned.pythonVersion

  private static var description: String {
    let version = pythonVersion.split(separator: ".").prefix(2).joined(separator: ".")
    return """
      Runs Python code in a sandbox and gives back what it printed to stdout and stderr, and its return value.

      The code may be async: top-level `await` works. The value of the last line is the return value.

      The code runs with Python \(version).

      """
  }

  /// The original's schema, byte for byte, because its clients compare it.
  private static let inputSchema: JSON = [
    "type": "object",
    "properties": [
      "python_code": ["type": "string", "description": "Python code to run"],
      "global_variables": [
        "type": "object",
        "additionalProperties": [:],
        "default": [:],
        "description": "Map of global variables in context when the code is executed",
      ],
    ],
    "required": ["python_code"],
    "additionalProperties": false,
    "$schema": "http://json-schema.org/draft-07/schema#",
  ]

  private static let outputSchema: JSON = [
    "type": "object",
    "properties": [
      "status": ["type": "string", "enum": ["success", "install-error", "run-error"]],
      "output": [
        "type": "array", "items": ["type": "string"],
        "description": "What the code printed to stdout and stderr, by lines",
      ],
      "return_value": ["description": "The value of the last line as JSON; only if status is success"],
      "repr": ["type": "string", "description": "Python's repr of that value, unless it is None"],
      "error": [
        "type": "string", "description": "The traceback or the installer's reason, unless status is success",
      ],
      "notice": [
        "type": "string",
        "description":
          "What else there is to know: the interpreter was replaced, output was dropped, what can be done about an error",
      ],
    ],
    "required": ["status", "output"],
  ]
}

extension JSON {
  /// Adds a property to a schema of type `object`.
  mutating func add(property name: String, _ schema: JSON) {
    guard var members = objectValue, var properties = members["properties"]?.objectValue else { return }
    properties[name] = schema
    members["properties"] = .object(properties)
    self = .object(members)
  }
}
