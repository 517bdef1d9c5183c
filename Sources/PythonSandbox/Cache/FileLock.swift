internal import SystemPackage
import SystemSupport

extension CacheDirectory {
  /// Does `work` while no other process holds the lock called `name`.
  ///
  /// The lock belongs to a file, and the system releases it when its holder ends for any reason. `waiting` is called
  /// once if another process holds it.
  func withLock<Value>(
    _ name: String, waiting: () -> Void, work: () async throws -> Value
  ) async throws -> Value {
    let descriptor = try openLock(name)
    defer { try? descriptor.close() }
    if flock(descriptor.rawValue, LOCK_EX | LOCK_NB) != 0 {
      waiting()
      // A call of flock that waits would block the thread. Another process's work takes seconds, so it is asked ten
      // times a second.
      repeat {
        try await Task.sleep(for: .milliseconds(100))
      } while flock(descriptor.rawValue, LOCK_EX | LOCK_NB) != 0
    }
    return try await work()
  }

  /// Does `work` if no other process holds the lock called `name`; else gives nil at once.
  func withLockIfFree<Value>(_ name: String, work: () async throws -> Value) async throws -> Value? {
    let descriptor = try openLock(name)
    defer { try? descriptor.close() }
    guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else { return nil }
    return try await work()
  }

  private func openLock(_ name: String) throws -> FileDescriptor {
    do {
      try FileManager.default.createDirectory(atPath: locks.string, withIntermediateDirectories: true)
      return try FileDescriptor.open(
        locks.appending(name), .readWrite, options: [.create, .closeOnExec], permissions: [.ownerReadWrite])
    } catch {
      throw unusable(error)
    }
  }
}
