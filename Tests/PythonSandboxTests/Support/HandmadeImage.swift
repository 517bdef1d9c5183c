import Foundation
import SystemPackage

@testable import PythonSandbox

/// A copy of the image without extra packages. It has a module of the test's own, and a snapshot that has
/// imported it.
struct HandmadeImage: ~Copyable {
  private let folder: TemporaryFolder
  let runtime: Runtime
  /// The reason why there is no snapshot.
  let failure: String?

  /// - Parameter module: the source of the module `mine`.
  init(_ module: String) async throws {
    let (runtime, image) = try await SandboxUnderTest.prepared()
    let folder = try TemporaryFolder()
    let files = FileManager.default
    let path = folder.path.appending("image")
    try files.copyItem(atPath: image.path.string, toPath: path.string)
    try Data(module.utf8)
      .write(to: URL(fileURLWithPath: path.appending("site").appending("mine.py").string))
    let step = ImageStep(
      runtime: runtime, guest: try await GuestCode.folder(for: runtime),
      environment: SandboxUnderTest.environment, report: { _ in })
    failure = try await SnapshotStep(step: step).save(["mine"], in: path)
    self.folder = folder
    self.runtime = runtime
  }

  var path: FilePath { folder.path.appending("image") }

  /// Runs `code` in a new interpreter, and gives what came of it and what Deno said.
  func run(
    _ code: String, _ options: InterpreterOptions = InterpreterOptions()
  ) async throws -> (ran: Ran, diagnostics: [String]) {
    guard let image = Image(at: path) else { throw CocoaError(.fileReadNoSuchFile) }
    let diagnostics = Recorder<String>()
    let interpreter = try await Interpreter.start(
      image: image, runtime: runtime, options: options, environment: SandboxUnderTest.environment,
      onDiagnostic: { diagnostics.append($0) })
    let written = Recorder<OutputChunk>()
    let result = await interpreter.run(code) { written.append($0) }
    await interpreter.stop()
    return (Ran(result: result, output: written.values), diagnostics.values)
  }
}
