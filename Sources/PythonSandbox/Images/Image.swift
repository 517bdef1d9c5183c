public import SystemPackage
public import SystemSupport

/// A resolved, unpacked and byte-compiled set of packages on disk, with a snapshot of a Python that has imported them.
/// Immutable.
public struct Image: Sendable {
  /// `image.json`: what is in the image.
  public struct Manifest: Sendable, Codable, Hashable {
    public struct Package: Sendable, Codable, Hashable {
      public var name: String
      public var version: String
    }
    /// What was asked for.
    public var dependencies: [String]
    /// What came of it, by name.
    public var packages: [Package]
    public var pyodideVersion: String
    public var created: Date
    /// Why there is no snapshot of its heap; nil when there is one.
    public var snapshotFailure: String?
    /// The sha256 of the snapshot; nil when there is none. Made twice, an image has two different ones.
    public var snapshotDigest: String?
  }

  public let path: FilePath
  public let manifest: Manifest

  /// The digest of all that went into it.
  public var name: String { path.lastComponent?.string ?? "" }

  /// What checkpoints of its interpreters belong to.
  public var identity: String {
    digest(of: [Array(name.utf8), Array((manifest.snapshotDigest ?? "").utf8)])
  }

  var site: FilePath { path.appending("site") }
  /// The heap of a Python that has the packages imported; nil when it could not be saved.
  var snapshot: FilePath? { manifest.snapshotFailure == nil ? path.appending(Self.snapshotName) : nil }

  static let manifestName = "image.json"
  static let snapshotName = "snapshot"

  /// Reads a whole image; nil when there is none at `path`.
  init?(at path: FilePath) {
    guard let data = FileManager.default.contents(atPath: path.appending(Self.manifestName).string),
      let manifest = try? Self.decoder.decode(Manifest.self, from: data)
    else { return nil }
    self.path = path
    self.manifest = manifest
  }

  static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return decoder
  }

  static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return encoder
  }
}
