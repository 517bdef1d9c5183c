internal import SystemPackage
import SystemSupport

extension CacheDirectory {
  /// Makes the folder `target` whole or not at all: `fill` works in a folder of its own beside it, which is
  /// renamed when `fill` returns and removed when it throws.
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
      // Another process was faster; what it made is the same.
      if !files.fileExists(atPath: target.string) { throw unusable(error) }
    }
  }

  /// Removes what a process that was killed left half done. Call with the lock for `target` held.
  func removeLeftovers(of target: FilePath) {
    let parent = target.removingLastComponent()
    let prefix = ".\(target.lastComponent?.string ?? "")-"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent.string)) ?? []
    where name.hasPrefix(prefix) {
      try? FileManager.default.removeItem(atPath: parent.appending(name).string)
    }
  }
}
