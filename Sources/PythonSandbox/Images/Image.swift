public import SystemPackage
public import SystemSupport

/// A resolved, unpacked and byte-compiled set of packages on disk, with a snapshot of a Python that has imported
/// them.
///
/// An image never changes once it is made.
public struct Image: Sendable {
  /// The description of the image, in its file `image.json`.
  public struct Manifest: Sendable, Codable, Hashable {
    /// One package of the image.
    public struct Package: Sendable, Codable, Hashable {
      /// The name of the package, such as `beautifulsoup4`.
      public var name: String
      /// The version in the form of the package.
      public var version: String
    }
    /// The packages that the user asked for.
    public var dependencies: [String]
    /// The packages that were found for them, in the order of their names.
    public var packages: [Package]
    /// The version of Pyodide that the executable was built with.
    public var pyodideVersion: String
    /// The time at which the image was made.
    public var created: Date
    /// The reason why there is no snapshot; nil when there is one.
    public var snapshotFailure: String?
    /// The sha256 of the snapshot; nil when there is none. An image that is made twice has two different snapshots.
    public var snapshotDigest: String?
  }

  /// The folder of the image.
  public let path: FilePath
  /// The description of the image.
  public let manifest: Manifest

  /// The name of the image: the digest of all that it was made from.
  public var name: String { path.lastComponent?.string ?? "" }

  /// The name that a checkpoint bears of the image and snapshot that it belongs to.
  public var identity: String {
    digest(of: [Array(name.utf8), Array((manifest.snapshotDigest ?? "").utf8)])
  }

  var site: FilePath { path.appending("site") }
  /// The file with the heap of a Python that has imported the packages; nil when it could not be saved.
  var snapshot: FilePath? { manifest.snapshotFailure == nil ? path.appending(Self.snapshotName) : nil }

  static let manifestName = "image.json"
  static let snapshotName = "snapshot"

  /// Reads the description of an image; nil when there is no whole image at `path`.
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
