internal import SystemPackage
import SystemSupport

/// The guest's TypeScript and Python. They are embedded in the executable, and written to the cache, where Deno
/// reads them.
enum GuestCode {
  static let identity = digest(of: parts(of: GuestFiles.all), length: 16)

  /// The files by which an image is made, and their paths: a change to these makes other images.
  ///
  /// A snapshot has Python's modules in it, and keeps objects that the guest gave to it. The last step of an image
  /// leads to both.
  static let imageMakers: [[UInt8]] = {
    let reached = paths(reachedFrom: ImageStep.Module.allCases.map(\.rawValue), in: GuestFiles.all)
    return parts(of: GuestFiles.all.filter { reached.contains($0.path) })
  }()

  private static func parts(of files: [(path: String, text: String)]) -> [[UInt8]] {
    files.flatMap { [Array($0.path.utf8), Array($0.text.utf8)] }
  }

  /// The paths of all files to which some of them lead, these included.
  ///
  /// A module of TypeScript leads to each file whose path stands in it in quotes: `"./heap.ts"`, `"../guest/guest.ts"`.
  /// A folder, such as `"../python/"`, stands for all of its files.
  static func paths(reachedFrom starts: [String], in files: [(path: String, text: String)]) -> Set<String> {
    var reached: Set<String> = []
    var open = files.filter { starts.contains($0.path) }
    while let file = open.popLast() {
      guard reached.insert(file.path).inserted, file.path.hasSuffix(".ts") else { continue }
      let named = pathsQuoted(in: file)
      open += files.filter { other in
        named.contains(other.path) || named.contains { $0.hasSuffix("/") && other.path.hasPrefix($0) }
      }
    }
    return reached
  }

  /// The relative paths that stand in a file in quotes, from the root of the guest on.
  private static func pathsQuoted(in file: (path: String, text: String)) -> Set<String> {
    let room = file.path.split(separator: "/").dropLast()
    let quoted = file.text.utf8.split(separator: UInt8(ascii: "\""))
      .filter { $0.starts(with: "./".utf8) || $0.starts(with: "../".utf8) }
    return Set(
      quoted.map { bytes in
        let path = Substring(bytes)
        var parts = Array(room)
        for part in path.split(separator: "/") where part != "." {
          if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/") + (path.hasSuffix("/") ? "/" : "")
      })
  }

  /// The folder with these files. It is written if it is not there.
  static func folder(in cache: CacheDirectory) async throws -> FilePath {
    let folder = cache.guests.appending(identity)
    try cache.checkOwners(upTo: folder)
    if FileManager.default.fileExists(atPath: folder.string) { return folder }
    try await cache.makeWhole(folder) { temporary in
      do {
        for (path, text) in GuestFiles.all {
          let file = URL(fileURLWithPath: temporary.appending(path).string)
          let room = file.deletingLastPathComponent()
          try FileManager.default.createDirectory(at: room, withIntermediateDirectories: true)
          try Data(text.utf8).write(to: file)
        }
      } catch {
        throw cache.unusable(error)
      }
    }
    return folder
  }
}
