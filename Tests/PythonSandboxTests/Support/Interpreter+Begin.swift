@testable import PythonSandbox

extension Interpreter {
  /// Runs code that prints something, and comes back when it has: it is under way then.
  nonisolated func begin(
    _ code: String, keep: Bool = false, input: @escaping InputHandler = { _ in nil }
  ) async -> Task<RunResult, Never> {
    let (begun, output) = AsyncStream<Void>.makeStream()
    let run = Task {
      defer { output.finish() }
      return await self.run(code, keep: keep, input: input) { _ in output.yield() }
    }
    for await _ in begun { break }
    return run
  }
}
