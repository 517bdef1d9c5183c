internal import MCP

/// The place where a call of the tool finds its Python.
protocol PythonSessions: Sendable {
  /// Runs `work` with the session that a call names, or with the one that it gets, and its place in that
  /// session's queue. Calls of one conversation get their places in the order in which they call this.
  ///
  /// - Returns: The result of `work`, and the session's name for the next call, where calls name sessions.
  /// - Throws: `RPCError` when there is no such session or no room for one; the errors of `work`.
  func withSession<Value: Sendable>(
    _ name: String?, _ work: @Sendable (PythonSession, RunQueue.Place) async throws -> Value
  ) async throws -> (value: Value, name: String?)

  /// Completes the beginning of a line.
  ///
  /// - Parameter name: The session to look in, where calls name one.
  func complete(_ text: String, in name: String?) async -> [String]

  /// Begins another session in the state of this one, or in an earlier one.
  ///
  /// - Returns: The new session's name in calls.
  /// - Throws: `RPCError` as above; `SandboxError` when the state cannot be saved or restored.
  func fork(_ name: String?, from target: RewindTarget, reseeds: Bool) async throws -> String
}
