internal import SystemPackage
public import SystemSupport

/// The saved state of a ``CodeSandbox``: Python's memory as the difference from a new one, its loaded
/// libraries, and its files in memory, open ones too.
///
/// You can keep it, write it to a file, send it elsewhere, and go on from it many times. That needs the same
/// dependencies, the same version of mcp-run-python and the same cache folder. A new sandbox's takes some 200
/// kB, even with pandas; the code's own data comes on top, up to 512 MB.
///
/// It holds all that the code had in its variables, so protect it as you would protect them. A checkpoint
/// from elsewhere is checked before its use, and can do no more than code in a sandbox.
public struct SandboxCheckpoint: Sendable {
  /// The content of its file.
  public let data: Data
  /// The name for complaints about it.
  let origin: String

  /// Makes a checkpoint of the ``data`` of another. It is checked when a sandbox goes on from it.
  public init(data: Data) {
    self.data = data
    origin = "The data"
  }

  /// Reads a checkpoint from a file that ``write(to:)`` or the REPL has written. It is checked when a sandbox
  /// goes on from it.
  ///
  /// - Parameter file: The file's URL.
  /// - Throws: `CodeSandboxError` when the file cannot be read.
  public init(contentsOf file: URL) throws {
    do {
      data = try Data(contentsOf: file)
    } catch {
      throw CodeSandboxError("\(file.path) cannot be read: \(Self.reason(error))")
    }
    origin = file.path
  }

  /// Writes the checkpoint to a file that only this user can read. An existing file is replaced as a whole.
  ///
  /// - Parameter file: The file's URL.
  /// - Throws: `CodeSandboxError` when the file cannot be written.
  public func write(to file: URL) throws {
    let temporary = FilePath("\(file.path).\(UUID().uuidString)")
    do {
      let descriptor = try FileDescriptor.open(
        temporary, .writeOnly, options: [.create, .exclusiveCreate], permissions: [.ownerReadWrite])
      try descriptor.closeAfter { _ = try descriptor.writeAll(data) }
      guard rename(temporary.string, file.path) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      try? FileManager.default.removeItem(atPath: temporary.string)
      throw CodeSandboxError("\(file.path) cannot be written: \(error)")
    }
  }

  /// The system's words for a file that could not be read.
  private static func reason(_ error: any Error) -> String {
    guard let error = error as? CocoaError else { return "\(error)" }
    return switch error.code {
    case .fileReadNoSuchFile, .fileNoSuchFile: "there is no such file"
    case .fileReadNoPermission: "it may not be read"
    default:
      (error.underlying as? POSIXError).map { String(cString: strerror($0.code.rawValue)) } ?? "\(error)"
    }
  }
}
