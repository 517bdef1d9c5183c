@testable import PythonSandbox

/// An interpreter whose state can be saved, with shorter words.
struct SavableInterpreter {
  let interpreter: Interpreter

  /// - Parameter isInPlace: true if the checkpoint is to be restored in an interpreter that was ready.
  init(
    restoring checkpoint: Checkpoint? = nil, reseeds: Bool = false,
    inPlace isInPlace: Bool = false, _ options: InterpreterOptions = InterpreterOptions(),
    sandbox: Sandbox = SandboxUnderTest.sandbox
  ) async throws {
    var options = options
    options.isSavable = true
    let (runtime, image) = try await sandbox.prepare { _ in }
    interpreter = try await Interpreter.start(
      image: image, runtime: runtime, options: options, restoring: isInPlace ? nil : checkpoint,
      reseeds: reseeds, environment: SandboxUnderTest.environment)
    if isInPlace, let checkpoint { try await interpreter.restore(checkpoint, reseeds: reseeds) }
  }

  /// Runs `code` as a session does, and gives what it writes and its last value.
  @discardableResult func callAsFunction(_ code: String) async -> String {
    let written = Recorder<OutputChunk>()
    let result = await interpreter.run(code, keep: true) { written.append($0) }
    let ran = Ran(result: result, output: written.values)
    return ran.stdout + ran.end
  }

  func checkpoint() async throws -> Checkpoint { try await interpreter.checkpoint() }

  func stop() async { await interpreter.stop() }
}
