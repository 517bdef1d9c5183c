internal import SystemPackage
public import SystemSupport

/// The saved state of a ``CodeSandbox``: Python's memory as the difference from a new one, the libraries that it has
/// loaded since, its files in memory, open ones too.
///
/// It can be kept, written to a file, sent elsewhere, and gone on from as often as wanted: with the same dependencies,
/// the same version of mcp-run-python and the same cache folder. A new sandbox's takes some 200 kB, also with pandas;
/// what the code has in memory comes on top, up to 512 MB.
///
/// All that the code had in its variables is in it, so keep it as you would keep that. One from elsewhere is checked
/// before it is used, and can do no more than code in a sandbox can.
public struct SandboxCheckpoint: Sendable {
  /// What a file of it holds.
  public let data: Data
  /// What complaints call it.
  let origin: String

  /// One that was ``data`` before. It is checked when a sandbox is to go on from it.
  public init(data: Data) {
    self.data = data
    origin = "The data"
  }

  /// One from a file that ``write(to:)`` or the REPL has written. It is checked when a sandbox is to go on from it.
  ///
  /// - Throws: `CodeSandboxError` when the file cannot be read.
  public init(contentsOf file: URL) throws {
    do {
      data = try Data(contentsOf: file)
    } catch {
      throw CodeSandboxError("\(file.path) cannot be read: \(Self.reason(error))")
    }
    origin = file.path
  }

  /// Writes it to a file that only this user can read; a file that is there is replaced, as a whole.
  ///
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
