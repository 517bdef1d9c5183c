/// Where interpreters come from: made when wanted, or ready before.
public protocol InterpreterSource: Sendable {
  /// How they are started.
  var options: InterpreterOptions { get }
  /// The packages that they have.
  var dependencies: Dependencies { get }

  /// An interpreter that nobody else has. Whoever gets it stops it.
  ///
  /// - Parameters:
  ///   - report: gets what happens while one is prepared for this call.
  ///   - onDiagnostic: gets each line that its process writes to stderr, as far as it is started for this call.
  /// - Throws: `SandboxError`.
  func startInterpreter(
    report: @escaping PreparationHandler, onDiagnostic: @escaping @Sendable (String) -> Void
  ) async throws -> Interpreter

  /// One that goes on from `checkpoint`.
  ///
  /// - Parameter reseeds: whether random numbers are to be others than after the checkpoint.
  /// - Throws: `SandboxError`.
  func startInterpreter(
    restoring checkpoint: Checkpoint, reseeds: Bool, report: @escaping PreparationHandler,
    onDiagnostic: @escaping @Sendable (String) -> Void
  ) async throws -> Interpreter
}

extension Sandbox: InterpreterSource {}
