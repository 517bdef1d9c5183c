internal import SystemPackage
import SystemSupport

extension CacheDirectory {
  /// Makes the folder `target` whole or not at all.
  ///
  /// `fill` works in another folder beside it. That folder is renamed when `fill` returns, and removed when it
  /// throws.
  func makeWhole(_ target: FilePath, fill: (FilePath) async throws -> Void) async throws {
    let files = FileManager.default
    let parent = target.removingLastComponent()
    let name = target.lastComponent?.string ?? "folder"
    let temporary = parent.appending(".\(name)-\(UInt64.random(in: 0 ... .max))")
    do {
      try files.createDirectory(atPath: temporary.string, withIntermediateDirectories: true)
    } catch {
      throw unusable(error)
    }
    do {
      try await fill(temporary)
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
