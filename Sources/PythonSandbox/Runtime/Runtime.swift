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
    // A snapshot has modules of the standard library in it, which tell whether they came from bytecode.
    let library = fileSize(pyodide.appending("python_stdlib.zip")) ?? 0
    return Array(data) + Array("\(library)".utf8)
  }
}

/// The pinned runtime, from `runtime.lock`: pip's requirements with hashes, and the versions in its comments.
public struct RuntimeLock: Sendable {
  /// The version of Deno, such as 2.9.8.
  public let denoVersion: String
  /// The version of Pyodide, such as 314.0.3.
  public let pyodideVersion: String
  /// The version of the Python in that Pyodide.
  public let pythonVersion: String
  /// The bytes of the file, in the form that pip takes.
  let requirements: [UInt8]

  /// The lock that this executable was built with.
  public static let pinned = RuntimeLock(PackageResources.runtime_lock)

  init(_ requirements: [UInt8]) {
    self.requirements = requirements
    let lines = String(decoding: requirements, as: UTF8.self).split(separator: "\n")
    func version(of name: String) -> String {
      let prefix = "# \(name) "
      return lines.first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) } ?? "unknown"
    }
    denoVersion = version(of: "deno")
    pyodideVersion = version(of: "pyodide")
    pythonVersion = version(of: "python")
  }

  /// The name of the runtime's folder in the cache. It is readable, and differs for every other lock.
  var folderName: String {
    "deno-\(denoVersion)-pyodide-\(pyodideVersion)-\(digest(of: [requirements], length: 8))"
  }
}
