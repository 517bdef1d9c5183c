internal import Hashing
public import SystemPackage
import SystemSupport

/// The folder that holds all files that the product keeps on disk beside its executable.
///
/// - `runtime/NAME/{deno,pyodide/}`: The runtime, which is fetched once, see `RuntimeInstaller`.
/// - `images/DIGEST/`: The images, see `ImageStore`.
/// - `guest/DIGEST/`: The guest's code, which is written from the executable.
/// - `locks/`: The locks by which only one process at a time makes a folder.
public struct CacheDirectory: Sendable {
  /// The path of the folder. It is empty when there is no folder to choose; then all work that needs the cache
  /// throws.
  public let root: FilePath

  public init(root: FilePath) {
    self.root = root
  }

  /// Chooses `option`, else `MCP_RUN_PYTHON_CACHE`, else `$XDG_CACHE_HOME/mcp-run-python`, else
  /// `~/.cache/mcp-run-python`.
  ///
  /// Without `HOME` there is no folder: another user could have made one before in a place like `/tmp`.
  public init(option: String?, environment: [String: String]) {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    let named = option.flatMap { $0.isEmpty ? nil : $0 }
    if let chosen = named ?? value("MCP_RUN_PYTHON_CACHE") {
      let path = FilePath(chosen)
      root = path.isAbsolute ? path : FilePath(FileManager.default.currentDirectoryPath).pushing(path)
    } else if let base = value("XDG_CACHE_HOME"), FilePath(base).isAbsolute {
      root = FilePath(base).appending("mcp-run-python")
    } else {
      root = value("HOME").map { FilePath($0).appending(".cache").appending("mcp-run-python") } ?? FilePath()
    }
  }

  var runtimes: FilePath { root.appending("runtime") }
  var images: FilePath { root.appending("images") }
  var guests: FilePath { root.appending("guest") }
  var locks: FilePath { root.appending("locks") }

  /// The number of bytes that the folder takes, by the sizes of its files.
  public func size() -> Int {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: root.string)) ?? []
    return names.reduce(0) { $0 + (fileSize(root.appending($1)) ?? 0) }
  }
}

/// The first `length` hexadecimal digits of the sha256 of `parts`.
///
/// The length of each part is hashed, too: else two lists whose parts join to the same bytes would have one digest.
func digest(of parts: [[UInt8]], length: Int = 32) -> String {
  let hash = SHA256()
  for part in parts {
    withUnsafeBytes(of: UInt64(part.count).littleEndian) { hash.update($0) }
    hash.update(part)
  }
  return String(hash.finalizeAsText().prefix(length))
}

/// The number of bytes in a regular file; nil for anything else, also for a link.
func fileSize(_ path: FilePath) -> Int? {
  var status = stat()
  guard lstat(path.string, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
  return Int(status.st_size)
}
