import MCP
import RunPythonServer

/// Calls of `run_python_code` that go on with the variables of earlier calls, even where each call must name
/// its session. The actor guards the session's handle from calls that run side by side.
actor PythonCalls {
  let client: Client
  /// The session's handle; nil where the server names none.
  private(set) var session: String?

  init(client: Client) {
    self.client = client
  }

  /// - Parameters:
  ///   - isInteractive: true when the value of every expression is shown, as at Python's own prompt.
  ///   - isUndoable: true when the run can be undone even if another one follows at once.
  ///   - columns: the width of the console; nil for unknown.
  ///   - isAside: true when the run must not count as one of the user's.
  ///   - argv: the file that the code comes from, or `-c`, and its arguments; empty for none.
  ///   - showsImages: true when images also come at once, in log messages.
  func run(
    _ code: String, isInteractive: Bool = false, isAside: Bool = false, isUndoable: Bool = false,
    columns: Int? = nil, argv: [String] = [], showsImages: Bool = false,
    logLevel: LogLevel? = nil
  ) async throws -> ToolResult {
    var meta: JSONObject = [RunPythonTool.runsKey: true]
    if isAside { meta[RunPythonTool.asideKey] = true }
    if isUndoable { meta[RunPythonTool.undoableKey] = true }
    if isInteractive { meta[RunPythonTool.interactiveKey] = true }
    if showsImages { meta[RunPythonTool.imagesKey] = true }
    if let columns { meta[RunPythonTool.columnsKey] = .integer(columns) }
    if !argv.isEmpty { meta[RunPythonTool.argvKey] = .array(argv.map { .string($0) }) }
    var arguments: JSONObject = ["python_code": .string(code)]
    let named = session
    if let named { arguments[RunPythonTool.sessionArgument] = .string(named) }
    do {
      let result = try await client.callTool(
        RunPythonTool.name, arguments: arguments, logLevel: logLevel, meta: meta)
      if named != nil, result.isError, result.structuredContent == nil {
        // From revision 2025-11-25 on, the result says so.
        throw RPCError.invalidParams(result.text)
      }
      session = result.structuredContent?[RunPythonTool.sessionArgument]?.stringValue ?? session
      return result
    } catch let error as RPCError where error.code == RPCError.invalidParamsCode && named != nil {
      // The session is gone; the next call begins a new one.
      if session == named { session = nil }
      throw error
    }
  }

  /// Completes the beginning of a line to whole lines.
  func complete(_ line: String) async throws -> [String] {
    try await client.complete(
      prompt: PythonPrompt.name, argument: PythonPrompt.argument, value: line,
      given: session.map { [RunPythonTool.sessionArgument: $0] } ?? [:])
  }

  /// Goes on in another session of the server; nil is the one that needs no handle.
  func use(_ handle: String?) { session = handle }
}

/// A server's answer to `run_python_code`, read.
struct RunAnswer {
  enum Ending {
    /// The value as Python shows it; nil for None.
    case value(String?)
    case failure(String)
    /// The code ended Python, as `sys.exit` does.
    case exit(status: UInt8, message: String?)
  }

  let ending: Ending
  /// A sentence about the interpreter, such as that it had to be replaced.
  let notice: String?
  /// The code's output, by lines.
  let output: [String]
  /// The number of runs that the session's state comes from, where the server counts them.
  let runs: Int?

  init(_ result: ToolResult) {
    let text = result.text
    // Revisions before 2025-06-18 carry the result as text only; our own server was asked for JSON.
    let report = result.structuredContent ?? (try? JSON(parsing: Array(text.utf8)))
    runs = result.meta?[RunPythonTool.runsKey]?.intValue
    notice = report?["notice"]?.stringValue
    output = report?["output"]?.arrayValue?.compactMap(\.stringValue) ?? []
    switch report?["status"]?.stringValue {
    case "success":
      let value = result.structuredContent == nil ? report?["return_value"] : nil
      ending = .value(report?["repr"]?.stringValue ?? value.flatMap { $0 == .null ? nil : $0.text })
    case let status?:
      let error = report?["error"]?.stringValue ?? text
      if let exit = result.meta?[RunPythonTool.exitKey], let status = exit["status"]?.intValue {
        ending = .exit(status: UInt8(truncatingIfNeeded: status), message: exit["message"]?.stringValue)
        return
      }
      ending = .failure(status == "install-error" ? "install-error: \(error)" : error)
    case nil:
      // The text has another server's own form, such as the original's XML.
      ending = result.isError || text.hasPrefix("<status>run-error") ? .failure(text) : .value(text)
    }
  }
}
