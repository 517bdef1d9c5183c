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
