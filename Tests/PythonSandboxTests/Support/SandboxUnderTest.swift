import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

/// The real runtime and an image without extra packages, prepared once for all tests.
enum SandboxUnderTest {
  static let environment = ProcessInfo.processInfo.environment
  static let cache = CacheDirectory(option: nil, environment: environment)
  static let sandbox = Sandbox(cache: cache, dependencies: Dependencies([]), environment: environment)

  private static let preparing = Task { try await sandbox.prepare { _ in } }

  static func prepared() async throws -> (runtime: Runtime, image: Image) { try await preparing.value }

  static func interpreter(_ options: InterpreterOptions = InterpreterOptions()) async throws -> Interpreter {
    let (runtime, image) = try await prepared()
    return try await Interpreter.start(
      image: image, runtime: runtime, options: options, environment: environment)
  }
}

/// Interpreters of one kind, one after the other: what tests share so that not each has to wait for a start.
actor Lane {
  private let options: InterpreterOptions
  private var interpreter: Interpreter?
  private var isBusy = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ options: InterpreterOptions = InterpreterOptions()) {
    self.options = options
  }

  /// Runs `code` when the runs before it have ended, and gives all that it wrote.
  func run(_ code: String, globals: String = "{}", keep: Bool = false) async throws -> Ran {
    await enter()
    defer { leave() }
    let interpreter = try await current()
    let written = Recorder<OutputChunk>()
    let result = await interpreter.run(code, globals: globals, keep: keep) { written.append($0) }
    // A session does the same: the next run gets another one.
    if !keep, result.isSpent { await close() }
    return Ran(result: result, output: written.values)
  }

  /// Takes the interpreter that the next run would have; a new one follows it.
  func current() async throws -> Interpreter {
    if let interpreter, await interpreter.isAlive { return interpreter }
    let new = try await SandboxUnderTest.interpreter(options)
    interpreter = new
    return new
  }

  func close() async {
    await interpreter?.stop()
    interpreter = nil
  }

  private func enter() async {
    if isBusy { await withCheckedContinuation { waiting.append($0) } }
    isBusy = true
  }

  private func leave() {
    isBusy = false
    if !waiting.isEmpty { waiting.removeFirst().resume() }
  }
}

/// The outcome of a run, in the words of a test.
struct Ran: Sendable {
  let result: RunResult
  let output: [OutputChunk]

  var stdout: String { output.filter { $0.stream == .stdout }.map(\.text).joined() }
  var stderr: String { output.filter { $0.stream == .stderr }.map(\.text).joined() }

  var value: RunResult.Value? {
    guard case .success(let value) = result.outcome else { return nil }
    return value
  }

  /// `repr` of the value, or the last line of the traceback.
  var end: String {
    switch result.outcome {
    case .success(let value): value?.representation ?? "None"
    case .error(let traceback):
      traceback.split(separator: "\n").last.map(String.init) ?? ""
    }
  }
}
