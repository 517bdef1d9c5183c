internal import Subprocess
internal import SystemPackage
import SystemSupport

/// The part of pip that the runtime needs: it downloads by name, with hashes required, and unpacks.
struct Pip: Sendable {
  let environment: [String: String]

  /// Fills `folder` with `deno` and `pyodide/`.
  ///
  /// - Throws: `SandboxError` with the cause and an advice.
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
        advice: "Install Python 3 with pip, or set MCP_RUN_PYTHON_DENO and MCP_RUN_PYTHON_PYODIDE.")
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
        advice: "Install it (Debian: apt-get install python3-pip).")
    }
    if has("DO NOT MATCH THE HASHES") {
      return SandboxError(
        .runtimeUnavailable,
        "A downloaded file is not the pinned one: its sha256 is wrong. Nothing was installed.",
        advice: "Try again; if it persists, the package index or a proxy changes the files.")
    }
    if has("No space left") || has("Disk quota exceeded") {
      return SandboxError(
        .cacheUnusable,
        "The disk is full: the Python runtime needs 400 MB while it is fetched. Nothing was installed.",
        advice: "Free some space, or choose another folder with --cache-dir.")
    }
    if has("Permission denied") || has("Read-only file system") {
      return SandboxError(
        .cacheUnusable, "The cache folder cannot be written.",
        advice: "Choose another folder with --cache-dir.")
    }
    if has("connection") || has("Connection") || has("timed out") || has("Name or service")
      || has("resolution") || has("resolve host")
    {
      return SandboxError(
        .runtimeUnavailable,
        "The package index cannot be reached, so the Python runtime could not be fetched.",
        advice: "Check the network and pip's settings, then run 'mcp-run-python install'.")
    }
    let last = lines.last { $0.hasPrefix("ERROR") } ?? lines.last ?? "no message"
    return SandboxError(
      .runtimeUnavailable, "pip could not fetch the Python runtime: \(last)",
      advice: "Run 'mcp-run-python install --verbose' to see all that it says.")
  }
}
