internal import Hashing
internal import SystemPackage
import SystemSupport

/// A note on the Deno of a runtime at its installation, in a file beside it.
///
/// It shows the damage by a failing disk, or by a program that writes to the wrong file. Hashing 110 MB at each
/// start would cost a third of a second, so the file's marks are compared first.
struct NotedDeno: Codable, Equatable {
  /// The marks in the file system that change with the file.
  struct Marks: Codable, Equatable {
    var bytes: Int
    /// The time of the last change, in nanoseconds since 1970.
    var modified: Int
    var inode: UInt64

    /// Reads the marks; nil when there is no regular file.
    init?(of file: FilePath) {
      var status = stat()
      guard stat(file.string, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      bytes = Int(status.st_size)
      inode = UInt64(status.st_ino)
      #if canImport(Darwin)
        let time = status.st_mtimespec
      #else
        let time = status.st_mtim
      #endif
      modified = time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
  }

  var marks: Marks
  /// The digest of the content, in hexadecimal digits.
  var sha256: String

  /// Compares the file with its note, or writes the note if there is none.
  ///
  /// - Throws: `SandboxError.runtimeUnavailable` for another content, and the system's error for a file that cannot
  ///   be read.
  static func check(_ deno: FilePath) throws {
    guard let marks = Marks(of: deno) else { return }
    let note = FilePath("\(deno.string).installed")
    let noted = FileManager.default.contents(atPath: note.string).flatMap {
      try? JSONDecoder().decode(NotedDeno.self, from: $0)
    }
    guard noted?.marks != marks else { return }
    let found = NotedDeno(marks: marks, sha256: try digest(of: deno))
    guard noted == nil || noted?.sha256 == found.sha256 else {
      throw SandboxError(
        .runtimeUnavailable, "\(deno) is not as it was installed.",
        remedy: .fetchAnew(removing: deno.removingLastComponent().string))
    }
    // A note that cannot be written does no harm: the file is hashed again next time.
    try? JSONEncoder().encode(found).write(to: URL(fileURLWithPath: note.string), options: .atomic)
  }

  private static func digest(of path: FilePath) throws -> String {
    let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
    defer { try? file.close() }
    let hash = SHA256()
    try withUnsafeTemporaryAllocation(byteCount: 1 << 20, alignment: 16) { buffer in
      while case let count = try file.read(into: buffer), count > 0 {
        hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
    return hash.finalizeAsText()
  }
}
