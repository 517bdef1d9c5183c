internal import Subprocess
internal import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Makes an image in two Deno processes, each with less power than the one before: *resolve* has the network
/// and the new folder, *build* the new folder only.
struct ImageBuilder: Sendable {
  let runtime: Runtime
  let guest: FilePath
  let environment: [String: String]
  let report: PreparationHandler

  func build(_ dependencies: Dependencies, in folder: FilePath, offline: Bool) async throws {
    if !dependencies.requirements.isEmpty {
      report(.init(.info, "Installing dependencies \(dependencies)"))
    } else {
      report(.init(.info, "Preparing Python"))
    }
    try await run(
      "resolve.ts",
      ResolveArgument(
        pyodide: runtime.pyodide.string, image: folder.string, dependencies: dependencies.requirements,
        offline: offline, indexURL: environment["PIP_INDEX_URL"]),
      in: folder, network: offline ? nil : .everything)
    try await run(
      "build.ts", BuildArgument(pyodide: runtime.pyodide.string, image: folder.string), in: folder,
      network: nil)
    try writeManifest(dependencies, in: folder)
  }

  private struct ResolveArgument: Encodable {
    let pyodide: String
    let image: String
    let dependencies: [String]
    let offline: Bool
    let indexURL: String?
  }

  private struct BuildArgument: Encodable {
    let pyodide: String
    let image: String
  }

  /// A line that a step writes.
  private struct StepMessage: Decodable {
    let kind: String
    let level: PreparationEvent.Level?
    let text: String?
    let reason: String?
  }

  private func run(
    _ module: String, _ argument: some Encodable, in folder: FilePath, network: NetworkPolicy?
  ) async throws {
    let argument = String(decoding: try JSONEncoder().encode(argument), as: UTF8.self)
    let deno = DenoCommand(
      runtime: runtime, guest: guest, module: module, arguments: [argument], write: [folder], network: network
    )
    let handed = deno.environment(from: environment)
    let (executable, line) = deno.launch(environment: handed)
    let program = CommandLineProgram(executable: executable, arguments: line, environment: handed)
    let (success, lines): (Bool, [String])
    do {
      (success, lines) = try await program.run { line in
        guard let message = Self.message(line) else { return report(.init(.debug, line)) }
        if message.kind == "log", let text = message.text { report(.init(message.level ?? .debug, text)) }
      }
    } catch is CommandLineProgram.NotFound {
      throw SandboxError(.runtimeUnavailable, "\(runtime.deno) cannot be run.")
    }
    if success { return }
    throw Self.explain(lines, cache: runtime.cache)
  }

  private static func message(_ line: String) -> StepMessage? {
    try? JSONDecoder().decode(StepMessage.self, from: Data(line.utf8))
  }

  private static func explain(_ lines: [String], cache: CacheDirectory) -> SandboxError {
    let reason = lines.compactMap { message($0)?.reason }.last
    let text = reason ?? lines.suffix(5).joined(separator: "\n")
    if text.contains("No space left") || text.contains("Disk quota") {
      return SandboxError(
        .cacheUnusable, "The disk that holds \(cache.root) is full, so the packages could not be installed.",
        advice: "Free some space, or choose another folder with --cache-dir.")
    }
    return SandboxError(.installFailed, text)
  }

  private func writeManifest(_ dependencies: Dependencies, in folder: FilePath) throws {
    struct Lock: Decodable { let packages: [String: Image.Manifest.Package] }
    do {
      let lock = try Data(contentsOf: URL(fileURLWithPath: folder.appending("pyodide-lock.json").string))
      let packages = try JSONDecoder().decode(Lock.self, from: lock).packages.values.sorted {
        $0.name < $1.name
      }
      let manifest = Image.Manifest(
        dependencies: dependencies.requirements, packages: packages,
        pyodideVersion: RuntimeLock.pinned.pyodideVersion, created: Date())
      try Image.encoder.encode(manifest)
        .write(to: URL(fileURLWithPath: folder.appending(Image.manifestName).string))
    } catch {
      throw runtime.cache.unusable(error)
    }
  }
}
