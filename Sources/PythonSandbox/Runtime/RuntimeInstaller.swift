internal import JSON
internal import SystemPackage
import SystemSupport

/// Finds the runtime, and fetches it with pip if it is not there yet.
public struct RuntimeInstaller: Sendable {
  /// The folder that has the runtimes.
  public let cache: CacheDirectory
  /// The versions to install.
  public let lock: RuntimeLock
  /// The process's environment. `MCP_RUN_PYTHON_DENO` and `MCP_RUN_PYTHON_PYODIDE` name the user's own runtime. The
  /// variables of pip and of proxies are handed on.
  let environment: [String: String]
  private let wording: SandboxWording

  public init(
    cache: CacheDirectory, environment: [String: String], lock: RuntimeLock = .pinned,
    wording: SandboxWording = SandboxWording()
  ) {
    self.cache = cache
    self.environment = environment
    self.lock = lock
    self.wording = wording
  }

  /// The runtime that is on this machine; nil when it is not complete. Nothing is fetched.
  ///
  /// - Throws: `SandboxError` for a runtime that others can change or that is damaged, and for a wrong variable.
  public func installed() throws -> Runtime? {
    let folder = cache.runtimes.appending(lock.folderName)
    let deno = try own("MCP_RUN_PYTHON_DENO", contains: nil) ?? folder.appending("deno")
    let pyodide = try own("MCP_RUN_PYTHON_PYODIDE", contains: "pyodide.mjs") ?? folder.appending("pyodide")
    for path in [deno, pyodide] { try cache.checkOwners(upTo: path) }
    if deno.starts(with: cache.root) { try NotedDeno.check(deno) }
    let files = FileManager.default
    guard files.isExecutableFile(atPath: deno.string),
      files.fileExists(atPath: pyodide.appending("pyodide.mjs").string)
    else { return nil }
    return Runtime(deno: deno, pyodide: pyodide, cache: cache)
  }

  /// The runtime, which is fetched if need be.
  ///
  /// - Throws: `SandboxError` without pip or network, for a wrong hash, and for a full or unusable cache. Files that
  ///   were fetched by then are removed.
  public func runtime(offline: Bool, report: @escaping PreparationHandler) async throws -> Runtime {
    if let runtime = try installed() { return runtime }
    guard !offline else {
      throw SandboxError(
        .runtimeUnavailable,
        "The Python runtime is not installed in \(cache.root), and \(wording.offline) forbids fetching it.",
        remedy: .fetchOnline)
    }
    let target = cache.runtimes.appending(lock.folderName)
    return try await cache.withLock(lock.folderName) {
      report(.init(.info, "Another process is fetching the Python runtime; waiting for it"))
    } work: {
      if let runtime = try installed() { return runtime }
      cache.removeLeftovers(of: target)
      report(
        .init(
          .info,
          "Fetching the Python runtime (Deno \(lock.denoVersion), Pyodide \(lock.pyodideVersion); 150 MB)"))
      try await cache.makeWhole(target) { folder in
        try await Pip(environment: environment).fetch(lock, into: folder, cache: cache, report: report)
        try await compileLibrary(in: folder, report: report)
      }
      guard let runtime = try installed() else {
        throw SandboxError(
          .runtimeUnavailable, "pip fetched the Python runtime, but \(target) is not complete.")
      }
      return runtime
    }
  }

  /// Gives the standard library its bytecode. Each start of Python would else compile what it imports.
  private func compileLibrary(in folder: FilePath, report: @escaping PreparationHandler) async throws {
    let runtime = Runtime(deno: folder.appending("deno"), pyodide: folder.appending("pyodide"), cache: cache)
    let step = ImageStep(
      runtime: runtime, guest: try await GuestCode.folder(for: runtime), environment: environment,
      report: report)
    report(.init(.debug, "Compiling the standard library"))
    try await step.run(.library, ["pyodide": .string(runtime.pyodide.string)], write: runtime.pyodide)
  }

  /// A path that the user gave in a variable. A wrong one is an error, and never leads to a silent download.
  private func own(_ variable: String, contains file: String?) throws -> FilePath? {
    guard let value = environment[variable], !value.isEmpty else { return nil }
    let path = FilePath(value)
    let needed = file.map { path.appending($0) } ?? path
    guard FileManager.default.fileExists(atPath: needed.string) else {
      throw SandboxError(
        .runtimeUnavailable, "\(variable) is set to \(value), but \(needed) does not exist.",
        remedy: .correctVariable)
    }
    return path
  }
}
