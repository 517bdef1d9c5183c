public import SystemSupport

/// The saved state of an interpreter between two runs.
///
/// It has the memory's difference from the image's snapshot, the libraries loaded since then, and the files in
/// memory. Interpreters of the same image can go on from it, any number of times and in any process.
public struct Checkpoint: Sendable, Hashable {
  /// The `Image.identity` of the image that it belongs to.
  public let image: String
  /// The dependencies of that image, in the words of the user.
  public let dependencies: [String]
  /// The full version of Python, such as 3.14.2.
  public let pythonVersion: String
  /// The time at which the state was saved.
  public let created: Date
  /// The bytes that the guest has written. They are as untrusted as the guest, so only another guest reads them.
  let content: [UInt8]

  /// The number of bytes that the content takes.
  public var size: Int { content.count }

  /// The most bytes that a content can have: Python's memory, its files, and their descriptions.
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
      remedy: isOther ? .useSameDependencies : .useSameInstallation)
  }

  static func unsavable(_ reason: String) -> SandboxError {
    SandboxError(.notSavable, "The session cannot be saved now: \(reason).")
  }
}
