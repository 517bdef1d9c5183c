internal import SystemPackage
import SystemSupport

extension CacheDirectory {
  /// Checks that only this user and root can change the programs that are executed from the cache.
  ///
  /// - Parameter path: The root of the cache, or a path below it whose parents were checked. A missing file passes.
  /// - Throws: `SandboxError.cacheUnusable`, also when there is no folder for a cache.
  func checkOwner(of path: FilePath) throws {
    guard !root.isEmpty else {
      throw SandboxError(
        .cacheUnusable, "There is no folder for the runtime and the images, since HOME is not set.",
        remedy: .nameCacheFolder)
    }
    var status = stat()
    guard stat(path.string, &status) == 0 else { return }
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw SandboxError(
        .cacheUnusable,
        "\(path) belongs to another user (\(status.st_uid)), who could change what is executed.",
        remedy: .moveCache(isFull: false))
    }
    // A group with the number of its user has no other members.
    let isOwnGroup = status.st_gid == status.st_uid
    let others: mode_t = isOwnGroup ? S_IWOTH : S_IWOTH | S_IWGRP
    guard status.st_mode & others == 0 else {
      throw SandboxError(
        .cacheUnusable, "Other users can write to \(path), and so change what is executed.",
        remedy: .removeWritable)
    }
  }

  /// Checks the folders that lead to `path`, from the cache's root on, and `path` itself.
  func checkOwners(upTo path: FilePath) throws {
    try checkOwner(of: root)
    var folder = root
    var rest = path
    guard rest.removePrefix(root) else { return }
    for component in rest.components {
      folder.append(component)
      try checkOwner(of: folder)
    }
  }
}
