public import SystemPackage
import SystemSupport

/// Finds and removes what other versions of this executable have left in the cache.
///
/// The runtime, the images and the guest's code of this version stay. So does what is in use; all else is made again
/// when it is next needed.
public struct Leftovers: Sendable {
  /// A folder that this version does not need.
  public struct Folder: Sendable, Hashable {
    /// The place of the folder.
    public var path: FilePath
    /// The path below the cache, such as `images/0123abcd`.
    public var name: String
    /// The packages of an image that can be read, as they were asked for; else empty.
    public var dependencies: [String]
    /// The size of all files in it.
    public var bytes: Int
  }

  /// The end of an attempt to remove a folder.
  public enum Outcome: Sendable, Hashable {
    /// The folder is gone.
    case removed
    /// These processes use the folder; none of them when another process is making it.
    case inUse([Int32])
  }

  let cache: CacheDirectory
  let environment: [String: String]

  public init(cache: CacheDirectory, environment: [String: String]) {
    self.cache = cache
    self.environment = environment
  }

  /// Finds the folders, in the order of their names.
  ///
  /// - Throws: `SandboxError` when the cache is not ours.
  public func folders() throws -> [Folder] {
    try cache.checkOwner(of: cache.root)
    let rooms = [
      // Former versions let Deno keep compiled code.
      ("", entries(of: cache.root) { $0 == "deno" || $0.hasPrefix(Self.removed) }),
      (
        "guest/",
        entries(of: cache.guests) {
          $0.hasPrefix(Self.removed) || !$0.hasPrefix(".") && $0 != GuestCode.identity
        }
      ),
      ("images/", try images()),
      ("runtime/", entries(of: cache.runtimes) { $0 != RuntimeLock.pinned.folderName }),
    ]
    return rooms.flatMap { room, paths in
      paths.filter(isFolder).map { path in
        Folder(
          path: path, name: room + (path.lastComponent?.string ?? ""),
          dependencies: Image(at: path)?.manifest.dependencies ?? [], bytes: CacheDirectory(root: path).size()
        )
      }
    }
  }

  /// Removes a folder, unless a process uses it or is making it.
  ///
  /// - Throws: `SandboxError` when it cannot be removed.
  public func remove(_ folder: Folder) async throws -> Outcome {
    try await cache.withLockIfFree(Self.lock(of: folder.path)) {
      let users = await RunningProcesses.using(folder.path)
      guard users.isEmpty else { return .inUse(users) }
      // A process that is started from now on finds nothing. One that was just started is found below.
      let aside = folder.path.removingLastComponent().appending(
        "\(Self.removed)\(UInt64.random(in: 0 ... .max))")
      let files = FileManager.default
      do {
        try files.moveItem(atPath: folder.path.string, toPath: aside.string)
        let late = await RunningProcesses.using(folder.path)
        guard late.isEmpty else {
          try files.moveItem(atPath: aside.string, toPath: folder.path.string)
          return .inUse(late)
        }
        try files.removeItem(atPath: aside.string)
      } catch {
        throw cache.unusable(error)
      }
      return .removed
    } ?? .inUse([])
  }

  /// The beginning of the name of a folder that is being removed.
  private static let removed = ".removed-"

  /// The name of the lock that a process holds which makes this folder, or one that was not finished.
  private static func lock(of path: FilePath) -> String {
    let name = path.lastComponent?.string ?? ""
    guard name.hasPrefix("."), let end = name.lastIndex(of: "-") else { return name }
    return String(name[..<end].dropFirst())
  }

  /// The images that this version would not choose for their packages.
  private func images() throws -> [FilePath] {
    // Without a runtime nobody knows the names of the images for it.
    let runtimes = try currentRuntimes()
    guard !runtimes.isEmpty else { return [] }
    let store = ImageStore(cache: cache, environment: environment)
    return try entries(of: cache.images) { _ in true }.filter { path in
      guard let image = Image(at: path) else { return true }
      return try !runtimes.contains {
        try store.path(of: Dependencies(image.manifest.dependencies), runtime: $0) == path
      }
    }
  }

  /// The runtimes that this version may start: the pinned one, and the user's own.
  private func currentRuntimes() throws -> [Runtime] {
    try [environment, [:]].compactMap {
      try RuntimeInstaller(cache: cache, environment: $0).installed()
    }
  }

  private func entries(of folder: FilePath, where isOld: (String) -> Bool) -> [FilePath] {
    // A room that is a link belongs to another cache as well.
    guard folder == cache.root || isFolder(folder) else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
    return names.sorted().filter(isOld).map { folder.appending($0) }
  }

  private func isFolder(_ path: FilePath) -> Bool {
    var status = stat()
    return lstat(path.string, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
