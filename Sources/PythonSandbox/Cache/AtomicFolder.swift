internal import SystemPackage
import SystemSupport

extension CacheDirectory {
  /// Makes the folder `target` whole or not at all.
  ///
  /// `fill` works in another folder beside it, which only this user can enter. That folder is renamed when `fill`
  /// returns, and removed when it throws. Whatever rights `fill` gave, no other user can write to what is in it.
  func makeWhole(_ target: FilePath, fill: (FilePath) async throws -> Void) async throws {
    let files = FileManager.default
    let parent = target.removingLastComponent()
    let name = target.lastComponent?.string ?? "folder"
    let temporary = parent.appending(".\(name)-\(UInt64.random(in: 0 ... .max))")
    do {
      try files.createDirectory(atPath: parent.string, withIntermediateDirectories: true)
      try files.createDirectory(
        atPath: temporary.string, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      throw unusable(error)
    }
    do {
      try await fill(temporary)
      try takeRightsOfOthers(in: temporary, like: parent)
    } catch {
      try? files.removeItem(atPath: temporary.string)
      throw error
    }
    do {
      try files.moveItem(atPath: temporary.string, toPath: target.string)
    } catch {
      try? files.removeItem(atPath: temporary.string)
      // Another process was faster, and has made the same folder.
      if !files.fileExists(atPath: target.string) { throw unusable(error) }
    }
  }

  /// Lets no other user write to anything in `folder`, and lets those enter it who can enter `parent`.
  ///
  /// Deno gives the files of Python the mode 666, whatever mask the process has.
  private func takeRightsOfOthers(in folder: FilePath, like parent: FilePath) throws {
    let files = FileManager.default
    func mode(of path: FilePath) -> mode_t? {
      var status = stat()
      guard lstat(path.string, &status) == 0, status.st_mode & S_IFMT != S_IFLNK else { return nil }
      return status.st_mode & 0o777
    }
    do {
      for name in try files.subpathsOfDirectory(atPath: folder.string) {
        let path = folder.appending(name)
        guard let mode = mode(of: path), mode & 0o022 != 0 else { continue }
        try files.setAttributes([.posixPermissions: Int(mode & ~0o022)], ofItemAtPath: path.string)
      }
      let own = (mode(of: parent) ?? 0o700) & ~0o022
      try files.setAttributes([.posixPermissions: Int(own)], ofItemAtPath: folder.string)
    } catch {
      throw unusable(error)
    }
  }

  /// Removes the unfinished folders of processes that were killed. The caller must hold the lock for `target`.
  func removeLeftovers(of target: FilePath) {
    let parent = target.removingLastComponent()
    let prefix = ".\(target.lastComponent?.string ?? "")-"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent.string)) ?? []
    where name.hasPrefix(prefix) {
      try? FileManager.default.removeItem(atPath: parent.appending(name).string)
    }
  }
}
