/// The pinned runtime: `runtime.lock`, in pip's requirements format with hashes, and what its comments say.
public struct RuntimeLock: Sendable {
  public let denoVersion: String
  public let pyodideVersion: String
  /// The version of Python in that Pyodide.
  public let pythonVersion: String
  /// The file as pip takes it.
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

  /// The runtime's folder in the cache: readable, and different for every other lock.
  var folderName: String {
    "deno-\(denoVersion)-pyodide-\(pyodideVersion)-\(digest(of: [requirements], length: 8))"
  }
}
