import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A folder that goes away with its owner.
final class TemporaryFolder: Sendable {
  let path: FilePath

  init() throws {
    path = FilePath("/tmp/mcp-run-python-test-\(UInt64.random(in: 0 ... .max))")
    try check(mkdir(path.string, 0o700))
  }

  deinit {
    Self.removeAll(path)
  }

  private static func removeAll(_ path: FilePath) {
    var status = stat()
    lstat(path.string, &status)
    if status.st_mode & S_IFMT == S_IFDIR, let entries = opendir(path.string) {
      while let entry = readdir(entries) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) {
          String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != ".", name != ".." { removeAll(path.appending(name)) }
      }
      closedir(entries)
    }
    remove(path.string)
  }

  func bytes(_ file: FilePath) throws -> [UInt8] {
    let descriptor = try FileDescriptor.open(file, .readOnly)
    return try descriptor.closeAfter {
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while case let count = try buffer.withUnsafeMutableBytes({ try descriptor.read(into: $0) }), count > 0 {
        bytes += buffer[..<count]
      }
      return bytes
    }
  }

  func read(_ file: FilePath) throws -> String {
    String(decoding: try bytes(file), as: UTF8.self)
  }

  func write(_ bytes: [UInt8], to file: FilePath) throws {
    try makeFolder(file.removingLastComponent())
    let descriptor = try FileDescriptor.open(
      file, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    _ = try descriptor.closeAfter { try descriptor.writeAll(bytes) }
  }

  func link(_ link: FilePath, to target: FilePath) throws {
    try makeFolder(link.removingLastComponent())
    try check(symlink(target.string, link.string))
  }

  func permissions(of file: FilePath) throws -> UInt32 {
    var status = stat()
    try check(stat(file.string, &status))
    return UInt32(status.st_mode) & 0o777
  }

  private func makeFolder(_ folder: FilePath) throws {
    if folder == path { return }
    try makeFolder(folder.removingLastComponent())
    if mkdir(folder.string, 0o700) != 0, errno != EEXIST { throw Errno(rawValue: errno) }
  }

  private func check(_ result: Int32) throws {
    if result != 0 { throw Errno(rawValue: errno) }
  }
}
