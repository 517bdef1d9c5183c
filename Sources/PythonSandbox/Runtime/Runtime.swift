public import SystemPackage
import SystemSupport

/// Deno and Pyodide as they are on this machine.
public struct Runtime: Sendable {
  /// The Deno executable.
  public let deno: FilePath
  /// The folder of the Pyodide distribution (`pyodide.mjs`, `pyodide-lock.json`, wheels).
  public let pyodide: FilePath
  /// The cache that its images, guest code and compiled modules go to.
  public let cache: CacheDirectory

  /// What an image depends on: another Pyodide needs other images.
  func identity() throws -> [UInt8] {
    let lock = pyodide.appending("pyodide-lock.json")
    guard let data = FileManager.default.contents(atPath: lock.string) else {
      throw SandboxError(.runtimeUnavailable, "\(lock) is missing or cannot be read.")
    }
    return Array(data)
  }
}
