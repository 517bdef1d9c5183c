internal import SystemPackage
import SystemSupport

/// The guest's TypeScript and Python. They are embedded in the executable, and written to the cache as JavaScript
/// and Python, where Deno reads them.
enum GuestCode {
  static let identity = digest(of: parts(of: GuestFiles.all), length: 16)

  /// The files by which an image is made, and their paths: a change to these makes other images.
  ///
  /// A snapshot has Python's modules in it, and keeps objects that the guest gave to it. The last step of an image
  /// leads to both.
  static let imageMakers: [[UInt8]] = {
    let reached = paths(reachedFrom: ImageStep.Module.allCases.map(\.source), in: GuestFiles.all)
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

  /// The folder with this code. It is written if it is not there.
  ///
  /// - Throws: `SandboxError` for a cache that cannot be used, and for a Deno that cannot be.
  static func folder(for runtime: Runtime) async throws -> FilePath {
    let cache = runtime.cache
    let folder = cache.guests.appending(identity)
    try cache.checkOwners(upTo: folder)
    if FileManager.default.fileExists(atPath: folder.string) { return folder }
    try await cache.makeWhole(folder) { temporary in
      do {
        for (path, text) in GuestFiles.all { try write(text, to: temporary.appending(path)) }
        try await transpile(in: temporary, by: runtime)
      } catch let error as CocoaError {
        throw cache.unusable(error)
      }
    }
    return folder
  }

  /// Puts JavaScript in the place of TypeScript.
  ///
  /// Deno would else do so at each start. It would also try for 150 ms to keep the result where it may not write.
  private static func transpile(in folder: FilePath, by runtime: Runtime) async throws {
    let sources = GuestFiles.all.map(\.path).filter { $0.hasSuffix(".ts") }
    let (executable, line) = Confinement(read: [folder], write: [folder])
      .launch(runtime.deno, ["transpile", "--quiet", "--no-config", "--no-lock", "--outdir", "."] + sources)
    let program = CommandLineProgram(
      executable: executable, arguments: line, environment: DenoCommand.environment(of: runtime.deno),
      folder: folder)
    let (success, lines) = try await program.run(onLine: { _ in })
    for source in sources {
      let made = folder.appending(source.dropLast(3) + ".js")
      guard success, let text = FileManager.default.contents(atPath: made.string) else {
        throw cannotTranspile(runtime, lines)
      }
      try write(String(decoding: text, as: UTF8.self).replacing(".ts\"", with: ".js\""), to: made)
      try FileManager.default.removeItem(atPath: folder.appending(source).string)
    }
  }

  private static func cannotTranspile(_ runtime: Runtime, _ lines: [String]) -> SandboxError {
    let deno = runtime.deno
    let reason = lines.isEmpty ? "" : ": " + lines.suffix(5).joined(separator: "\n")
    return SandboxError(
      .runtimeUnavailable, "\(deno) does not turn TypeScript into JavaScript as Deno does\(reason).",
      remedy: deno.starts(with: runtime.cache.root)
        ? .fetchAnew(removing: deno.removingLastComponent().string) : .correctVariable)
  }

  private static func write(_ text: String, to path: FilePath) throws {
    let file = URL(fileURLWithPath: path.string)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
