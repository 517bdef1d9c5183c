import MCP
import RunPythonServer

/// Calls of `run_python_code` that go on with the variables of the ones before, also where each call has to name its
/// session.
actor PythonCalls {
  let client: Client
  /// What the server named; nil where it names none.
  private(set) var session: String?

  init(client: Client) {
    self.client = client
  }

  /// - Parameters:
  ///   - isInteractive: whether the value of every expression is shown, as at Python's own prompt.
  ///   - isUndoable: whether it can be undone even when another run follows at once.
  ///   - columns: how wide the console is; nil for unknown.
  ///   - isAside: whether it is not to be counted as a run of the user's.
  ///   - argv: the file that the code comes from, or `-c`, and its arguments; empty for none.
  ///   - showsImages: whether images come at once, too, in log messages.
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
        // Revisions from 2025-11-25 on say so in the result.
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

  /// Whole lines that the beginning of one can be completed to.
  func complete(_ line: String) async throws -> [String] {
    try await client.complete(
      prompt: PythonPrompt.name, argument: PythonPrompt.argument, value: line,
      given: session.map { [RunPythonTool.sessionArgument: $0] } ?? [:])
  }

  /// Goes on in another session of the server; nil is the one that needs no name.
  func use(_ handle: String?) { session = handle }
}
