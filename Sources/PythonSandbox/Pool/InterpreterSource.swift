/// A place that interpreters come from. They are made when they are wanted, or are ready before.
public protocol InterpreterSource: Sendable {
  /// The options with which the interpreters are started.
  var options: InterpreterOptions { get }
  /// The packages that the interpreters have.
  var dependencies: Dependencies { get }

  /// Gives an interpreter that nobody else has. The caller has to stop it.
  ///
  /// - Parameters:
  ///   - report: Gets the events while an interpreter is prepared for this call.
  ///   - onDiagnostic: Gets each line that the process writes to stderr, if it is started for this call.
  /// - Throws: `SandboxError` when none can be started, and `CancellationError`.
  func startInterpreter(
    report: @escaping PreparationHandler, onDiagnostic: @escaping @Sendable (String) -> Void
  ) async throws -> Interpreter

  /// Gives an interpreter that goes on from `checkpoint`.
  ///
  /// - Parameter reseeds: True when random numbers are to differ from those after the checkpoint.
  /// - Throws: `SandboxError`, with `checkpointUnusable` for a checkpoint of another image.
  func startInterpreter(
    restoring checkpoint: Checkpoint, reseeds: Bool, report: @escaping PreparationHandler,
    onDiagnostic: @escaping @Sendable (String) -> Void
  ) async throws -> Interpreter
}

extension Sandbox: InterpreterSource {}
