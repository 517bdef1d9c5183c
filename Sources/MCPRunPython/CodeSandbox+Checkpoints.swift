internal import MCP
internal import SystemSupport

/// The state is saved between two evaluations: those that were asked for before are waited for. All of this needs
/// ``SandboxState/keep``.
extension CodeSandbox {
  /// Saves the state. The sandbox goes on as if nothing had been.
  ///
  /// ```swift
  /// import Foundation
  ///
  /// let file = URL(fileURLWithPath: "session.checkpoint")
  /// try await codeSandbox(state: .keep) { sandbox in
  ///   _ = try await sandbox.eval("numbers = iter(range(100)); next(numbers)")
  ///   try await sandbox.checkpoint().write(to: file)
  /// }
  /// // Later, in another process:
  /// let next = try await codeSandbox(resuming: SandboxCheckpoint(contentsOf: file)) { sandbox in
  ///   try await sandbox.eval("next(numbers)").get().value.decode(Int.self)
  /// }
  /// print(next)  // 1
  /// ```
  ///
  /// - Throws: `CodeSandboxError` with what stands in the way (a JavaScript object that Python holds, a task that
  ///   waits, a pipe, a state of more than 512 MB); nothing has changed then.
  public func checkpoint() async throws -> SandboxCheckpoint {
    let file = ExchangedFile()
    defer { file.remove() }
    _ = try await timeTravel("checkpoint", file: file)
    // Mapped, and kept by the mapping when its name is gone.
    return SandboxCheckpoint(data: try Data(contentsOf: file.url, options: .alwaysMapped))
  }

  /// Goes on from a state, of this sandbox or of another one with the same dependencies.
  ///
  /// - Parameters:
  ///   - checkpoint: the state, which stays usable.
  ///   - reseeding: whether random numbers are to be others than they were after the checkpoint.
  /// - Throws: `CodeSandboxError` when it is no checkpoint, is damaged, or belongs to other dependencies or to another
  ///   version; nothing has changed then.
  public func restore(_ checkpoint: SandboxCheckpoint, reseeding: Bool = false) async throws {
    let file = ExchangedFile()
    defer { file.remove() }
    try checkpoint.write(to: file.url)
    do {
      _ = try await timeTravel("restore", arguments: ["reseed": .bool(reseeding)], file: file)
    } catch let error as CodeSandboxError {
      // Nobody knows the file that it was in on its way.
      throw CodeSandboxError(
        error.description.replacing(file.url.path, with: checkpoint.origin))
    }
  }

  /// Begins another sandbox in the state of this one. Neither touches the other afterwards, and both can run code at
  /// the same time.
  ///
  /// The fork has an interpreter of its own, with the same options and the same limits, and lives as long as the
  /// sandbox that ``codeSandbox(dependencies:logHandler:networking:limits:state:resuming:executable:isolation:_:)``
  /// has given; what its code prints goes to the same log handler. There may be 16 forks, those of forks included.
  ///
  /// - Parameter reseeding: whether random numbers are to be others than in this sandbox.
  /// - Throws: `CodeSandboxError` when the state cannot be saved, as with ``checkpoint()``, or when there are too many.
  public func fork(reseeding: Bool = false) async throws -> CodeSandbox {
    let told = try await timeTravel("fork", arguments: ["reseed": .bool(reseeding)])
    guard let name = told["session"]?.stringValue else {
      throw CodeSandboxError("The server's result has no session; it is not that of mcp-run-python.")
    }
    return session(name)
  }

  /// Calls one of the tools that go back in time.
  private func timeTravel(
    _ tool: String, arguments: JSONObject = [:], file: ExchangedFile? = nil
  ) async throws -> JSON {
    guard keepsState else {
      throw CodeSandboxError("This sandbox keeps no state to save. Begin it with the state .keep.")
    }
    let meta = file.map { ["mcp-run-python/file": JSON.string($0.url.path)] as JSONObject } ?? [:]
    let result = try await call(tool, arguments, meta: meta)
    guard !result.isError, let told = result.structuredContent else {
      throw CodeSandboxError(result.text)
    }
    return told
  }
}

/// A file that the server and this process know the name of, and nobody else.
private struct ExchangedFile {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent(
    "mcp-run-python-\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString)")

  func remove() { try? FileManager.default.removeItem(at: url) }
}
