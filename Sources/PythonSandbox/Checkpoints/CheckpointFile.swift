public import SystemPackage
import SystemSupport

/// A checkpoint on disk: a line of JSON (`Head`), then its content.
///
/// A file may come from anywhere. Its head is checked before its content is read, and its checksum before the
/// content is used. The content only ever reaches the memory of a guest of its own.
extension Checkpoint {
  /// The version of the form. It changes with the form of a file.
  private static let version = 1
  private static let format = "mcp-run-python checkpoint"
  /// The most bytes of a head, with its line break.
  private static let maximumHead = 65536

  private struct Head: Codable {
    var format: String
    var version: Int
    var image: String
    var dependencies: [String]
    var python: String
    /// The time at which the state was saved, in seconds since 1970.
    var created: Double
    /// The number of bytes in the content.
    var bytes: Int
    /// The digest of all other fields of the head, and of the content.
    var sha256 = ""

    func checksum(_ content: [UInt8]) -> String {
      let fields = [format, "\(version)", image, python, "\(created.bitPattern)", "\(bytes)"] + dependencies
      return digest(of: fields.map { Array($0.utf8) } + [content], length: 64)
    }

    /// True when the dependencies can be shown on a terminal.
    var isPresentable: Bool {
      let hidden: Set<Unicode.GeneralCategory> = [.control, .format, .lineSeparator, .paragraphSeparator]
      return dependencies.allSatisfy { name in
        name.count <= 1000 && !name.unicodeScalars.contains { hidden.contains($0.properties.generalCategory) }
      }
    }
  }

  /// Writes the checkpoint to a file that only this user can read. A present file is replaced as a whole.
  ///
  /// - Throws: `SandboxError.checkpointUnusable` when the file cannot be written.
  public func write(to path: FilePath) throws {
    var head = Head(
      format: Self.format, version: Self.version, image: image, dependencies: dependencies,
      python: pythonVersion,
      created: created.timeIntervalSince1970, bytes: content.count)
    head.sha256 = head.checksum(content)
    let data = try JSONEncoder().encode(head) + [UInt8(ascii: "\n")] + content
    let temporary = FilePath("\(path.string).\(UInt32.random(in: 0 ... .max))")
    do {
      let file = try FileDescriptor.open(
        temporary, .writeOnly, options: [.create, .exclusiveCreate], permissions: [.ownerReadWrite])
      try file.closeAfter { _ = try file.writeAll(data) }
      guard rename(temporary.string, path.string) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      try? FileManager.default.removeItem(atPath: temporary.string)
      throw SandboxError(.checkpointUnusable, "The checkpoint cannot be written to \(path): \(error).")
    }
  }

  /// Reads a file that `write` has written.
  ///
  /// - Throws: `SandboxError.checkpointUnusable` for a file that cannot be read, is damaged or has another form.
  public init(contentsOf path: FilePath) throws {
    func unusable(_ reason: String) -> SandboxError {
      SandboxError(.checkpointUnusable, "\(path) \(reason).")
    }
    let target = FilePath(URL(fileURLWithPath: path.string).resolvingSymlinksInPath().path)
    guard let size = fileSize(target), let file = try? FileDescriptor.open(path, .readOnly) else {
      throw unusable("cannot be read")
    }
    defer { try? file.close() }
    let start = try Self.read(Self.maximumHead, of: file, from: 0)
    guard let end = start.firstIndex(of: UInt8(ascii: "\n")),
      let head = try? JSONDecoder().decode(Head.self, from: Data(start[..<end])), head.format == Self.format,
      head.isPresentable
    else { throw unusable("is not a checkpoint") }
    guard head.version == Self.version else {
      throw unusable("is a checkpoint of another version of mcp-run-python")
    }
    let contentStart = end + 1
    guard head.bytes >= 0, head.bytes <= Self.maximumBytes, size - contentStart == head.bytes else {
      throw unusable("is damaged: it does not have the size that it should have")
    }
    let content = try Self.read(head.bytes, of: file, from: contentStart)
    guard content.count == head.bytes, head.checksum(content) == head.sha256 else {
      throw unusable("is damaged: its checksum is wrong")
    }
    self.init(
      image: head.image, dependencies: head.dependencies, pythonVersion: head.python,
      created: Date(timeIntervalSince1970: head.created), content: content)
  }

  /// Reads so many bytes, or fewer at the end of the file.
  private static func read(_ count: Int, of file: FileDescriptor, from start: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
      while length < count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[length...])
        let read = try file.read(fromAbsoluteOffset: Int64(start + length), into: rest)
        if read == 0 { return }
        length += read
      }
    }
  }
}
