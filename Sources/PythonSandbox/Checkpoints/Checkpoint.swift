public import SystemSupport

/// The saved state of an interpreter between two runs: the difference of its memory from its image's snapshot, the
/// libraries that it has loaded since then, its files. Interpreters of the same image can go on from it, as often as
/// wanted, in any process.
public struct Checkpoint: Sendable, Hashable {
  /// `Image.identity` of the image that it belongs to.
  public let image: String
  /// The dependencies of that image, as they were asked for.
  public let dependencies: [String]
  public let pythonVersion: String
  public let created: Date
  /// What the guest has written. As untrusted as the guest: only another guest reads it.
  let content: [UInt8]

  /// Bytes that it takes.
  public var size: Int { content.count }

  /// The most bytes that one takes: Python's memory, its files, and what is said of them.
  static let maximumBytes = 5 << 30

  init(of image: Image, pythonVersion: String, content: [UInt8]) {
    self.init(
      image: image.identity, dependencies: image.manifest.dependencies, pythonVersion: pythonVersion,
      created: Date(), content: content)
  }

  package init(image: String, dependencies: [String], pythonVersion: String, created: Date, content: [UInt8])
  {
    self.image = image
    self.dependencies = dependencies
    self.pythonVersion = pythonVersion
    self.created = created
    self.content = content
  }

  func check(belongsTo image: Image) throws {
    guard self.image != image.identity else { return }
    let wanted =
      dependencies.isEmpty ? "no dependencies" : "the dependencies \(dependencies.joined(separator: ", "))"
    let isOther = dependencies != image.manifest.dependencies
    throw SandboxError(
      .checkpointUnusable,
      isOther
        ? "The checkpoint belongs to a Python with \(wanted)."
        : "The checkpoint belongs to another installation or version of mcp-run-python.",
      advice: isOther
        ? "Start with the same dependencies."
        : "It can be used with the version, and the cache folder, with which it was taken.")
  }

  static func unsavable(_ reason: String) -> SandboxError {
    SandboxError(.notSavable, "The session cannot be saved now: \(reason).")
  }
}
