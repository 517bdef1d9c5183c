internal import RunPythonTool
internal import SystemSupport

/// Going back in time: the state is saved between two evaluations, and earlier evaluations are waited for.
/// All of this needs ``SandboxState/keep``.
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
  /// - Throws: `CodeSandboxError` with the obstacle: a JavaScript object that Python holds, a task that
  ///   waits, a pipe, or a state of more than 512 MB. Nothing has then changed.
  public func checkpoint() async throws -> SandboxCheckpoint {
    let file = ExchangedFile()
    defer { file.remove() }
    _ = try await ask(.checkpoint(name: nil, file: file.url.path))
    // The file is mapped, and the mapping keeps it when its name is gone.
    return SandboxCheckpoint(data: try Data(contentsOf: file.url, options: .alwaysMapped))
  }

  /// Goes on from a state of this sandbox, or of another one with the same dependencies.
  ///
  /// - Parameters:
  ///   - checkpoint: The state, which stays usable.
  ///   - reseeding: True when random numbers must differ from those after the checkpoint.
  /// - Throws: `CodeSandboxError` when the data is no checkpoint, is damaged, or belongs to other
  ///   dependencies or another version. Nothing has then changed.
  public func restore(_ checkpoint: SandboxCheckpoint, reseeding: Bool = false) async throws {
    let file = ExchangedFile()
    defer { file.remove() }
    try checkpoint.write(to: file.url)
    do {
      _ = try await ask(.resume(file: file.url.path, reseeds: reseeding))
    } catch let error as CodeSandboxError {
      // The error must not name the file in between, which nobody knows.
      throw CodeSandboxError(
        error.description.replacing(file.url.path, with: checkpoint.origin))
    }
  }

  /// Begins another sandbox in the state of this one. Afterwards neither touches the other, and both can run
  /// code at the same time.
  ///
  /// The fork has an interpreter of its own, with the same options and the same limits. It lives as long as
  /// the sandbox of
  /// ``codeSandbox(dependencies:logHandler:networking:limits:mounts:state:resuming:executable:isolation:_:)``. Its
  /// output goes to the same log handler. There may be 16 forks, those of forks included.
  ///
  /// - Parameter reseeding: True when random numbers must differ from those of this sandbox.
  /// - Returns: The fork.
  /// - Throws: `CodeSandboxError` when the state cannot be saved, as with ``checkpoint()``, or when there are
  ///   too many forks.
  public func fork(reseeding: Bool = false) async throws -> CodeSandbox {
    guard case .forked(let name) = try await ask(.fork(reseeds: reseeding)).outcome else {
      throw CodeSandboxError("The server's result has no session; it is not that of mcp-run-python.")
    }
    return session(name)
  }

  /// Saves a state, or goes back to one.
  private func ask(_ request: SessionRequest) async throws -> SessionAnswer {
    guard keepsState else {
      throw CodeSandboxError("This sandbox keeps no state to save. Begin it with the state .keep.")
    }
    return try await answered { try await tools.ask(request, session: session) }
  }
}

/// A file whose name only the server and this process know.
private struct ExchangedFile {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent(
    "mcp-run-python-\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString)")

  func remove() { try? FileManager.default.removeItem(at: url) }
}
