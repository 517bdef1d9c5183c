internal import Subprocess
internal import SystemPackage
import SystemSupport

/// The part of pip that the runtime needs: it downloads by name, with hashes required, and unpacks.
struct Pip: Sendable {
  let environment: [String: String]

  /// Fills `folder` with `deno` and `pyodide/`.
  ///
  /// - Throws: `SandboxError` with the cause and a remedy.
  func fetch(
    _ lock: RuntimeLock, into folder: FilePath, cache: CacheDirectory, report: @escaping PreparationHandler
  ) async throws {
    let wheels = folder.appending("wheels")
    do {
      try FileManager.default.createDirectory(atPath: wheels.string, withIntermediateDirectories: true)
      try Data(lock.requirements).write(to: URL(fileURLWithPath: wheels.appending("runtime.lock").string))
      try Data(PackageResources.unpack_py).write(
        to: URL(fileURLWithPath: wheels.appending("unpack.py").string))
    } catch {
      throw cache.unusable(error)
    }
    try await python(
      [
        "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--python-version=3.12",
        "--require-hashes",
        "--no-cache-dir", "--disable-pip-version-check", "--progress-bar=off", "--no-input",
        "--requirement=\(wheels.appending("runtime.lock"))", "--dest=\(wheels)",
      ], report: report)
    report(.init(.debug, "Unpacking the runtime"))
    try await python([wheels.appending("unpack.py").string, wheels.string, folder.string], report: report)
    try? FileManager.default.removeItem(atPath: wheels.string)
  }

  private func python(_ arguments: [String], report: @escaping PreparationHandler) async throws {
    let command = CommandLineProgram(
      executable: .name("python3"), arguments: arguments, environment: environment)
    let (success, lines): (Bool, [String])
    do {
      (success, lines) = try await command.run { report(.init(.debug, $0)) }
    } catch let error as CommandLineProgram.NotFound {
      throw SandboxError(
        .runtimeUnavailable, "\(error.name) is needed to fetch the Python runtime and was not found.",
        remedy: .installPython)
    }
    if !success { throw Self.explain(lines) }
  }

  /// Finds the cause of a failure in the lines that pip printed.
  static func explain(_ lines: [String]) -> SandboxError {
    let text = lines.joined(separator: "\n")
    func has(_ part: String) -> Bool { text.contains(part) }
    if has("No module named pip") {
      return SandboxError(
        .runtimeUnavailable, "Python's pip is needed to fetch the Python runtime and is not installed.",
        remedy: .installPip)
    }
    if has("DO NOT MATCH THE HASHES") {
      return SandboxError(
        .runtimeUnavailable,
        "A downloaded file is not the pinned one: its sha256 is wrong. Nothing was installed.",
        remedy: .downloadAgain)
    }
    if has("No space left") || has("Disk quota exceeded") {
      return SandboxError(
        .cacheUnusable,
        "The disk is full: the Python runtime needs 400 MB while it is fetched. Nothing was installed.",
        remedy: .installElsewhere(isFull: true))
    }
    if has("Permission denied") || has("Read-only file system") {
      return SandboxError(
        .cacheUnusable, "The cache folder cannot be written.", remedy: .installElsewhere(isFull: false))
    }
    if has("connection") || has("Connection") || has("timed out") || has("Name or service")
      || has("resolution") || has("resolve host")
    {
      return SandboxError(
        .runtimeUnavailable,
        "The package index cannot be reached, so the Python runtime could not be fetched.",
        remedy: .reachIndex)
    }
    let last = lines.last { $0.hasPrefix("ERROR") } ?? lines.last ?? "no message"
    return SandboxError(
      .runtimeUnavailable, "pip could not fetch the Python runtime: \(last)",
      remedy: .readInstaller)
  }
}
