internal import JSON
internal import SystemPackage
import SystemSupport

/// Makes an image in three Deno processes, each with less power than the one before.
///
/// *resolve* has the network and the new folder; *build* has the new folder; *save* has one file in it.
struct ImageBuilder: Sendable {
  let runtime: Runtime
  let guest: FilePath
  let environment: [String: String]
  let report: PreparationHandler

  private var step: ImageStep {
    ImageStep(runtime: runtime, guest: guest, environment: environment, report: report)
  }

  func build(_ dependencies: Dependencies, in folder: FilePath, offline: Bool) async throws {
    if !dependencies.requirements.isEmpty {
      report(.init(.info, "Installing dependencies \(dependencies)"))
    } else {
      report(.init(.info, "Preparing Python"))
    }
    try await step.run(
      .resolve,
      [
        "pyodide": .string(runtime.pyodide.string), "image": .string(folder.string),
        "dependencies": .array(dependencies.requirements.map(JSON.string)), "offline": .bool(offline),
        "indexURL": environment["PIP_INDEX_URL"].map(JSON.string) ?? .null,
      ],
      write: folder, network: offline ? nil : .everything)
    try await step.run(
      .build, ["pyodide": .string(runtime.pyodide.string), "image": .string(folder.string)],
      write: folder)
    do {
      let lock = try ImageLock(of: folder)
      let failure = try await SnapshotStep(step: step).save(lock.imports, in: folder)
      try writeManifest(dependencies, lock, snapshotFailure: failure, in: folder)
    } catch let error as CocoaError {
      throw runtime.cache.unusable(error)
    }
  }

  private func snapshotDigest(in folder: FilePath) throws -> String {
    let file = folder.appending(Image.snapshotName).string
    return digest(of: [[UInt8](try Data(contentsOf: URL(fileURLWithPath: file), options: .alwaysMapped))])
  }

  private func writeManifest(
    _ dependencies: Dependencies, _ lock: ImageLock, snapshotFailure: String?, in folder: FilePath
  ) throws {
    let packages = lock.packages.values.map { Image.Manifest.Package(name: $0.name, version: $0.version) }
    let manifest = Image.Manifest(
      dependencies: dependencies.requirements, packages: packages.sorted { $0.name < $1.name },
      pyodideVersion: RuntimeLock.pinned.pyodideVersion, created: Date(), snapshotFailure: snapshotFailure,
      snapshotDigest: snapshotFailure == nil ? try snapshotDigest(in: folder) : nil)
    try Image.encoder.encode(manifest)
      .write(to: URL(fileURLWithPath: folder.appending(Image.manifestName).string))
  }
}
