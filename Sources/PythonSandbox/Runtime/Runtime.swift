public import SystemPackage
import SystemSupport

/// The Deno and the Pyodide on this machine.
public struct Runtime: Sendable {
  /// The Deno executable.
  public let deno: FilePath
  /// The folder of the Pyodide distribution (`pyodide.mjs`, `pyodide-lock.json`, wheels).
  public let pyodide: FilePath
  /// The cache for its images, guest code and compiled modules.
  public let cache: CacheDirectory

  /// The bytes that an image's name depends on, since another Pyodide needs other images.
  func identity() throws -> [UInt8] {
    let lock = pyodide.appending("pyodide-lock.json")
    guard let data = FileManager.default.contents(atPath: lock.string) else {
      throw SandboxError(.runtimeUnavailable, "\(lock) is missing or cannot be read.")
    }
    return Array(data)
  }
}
