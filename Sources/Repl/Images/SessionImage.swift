public import Pictures

/// An image that code has shown in this session.
public struct SessionImage: Sendable, Hashable {
  /// From 1.
  public let number: Int
  public let mimeType: String
  public let bytes: [UInt8]
  /// Nil when it is of another kind.
  public let png: PNGFile?

  public init(number: Int, mimeType: String, bytes: [UInt8]) {
    self.number = number
    self.mimeType = mimeType
    self.bytes = bytes
    png = PNGFile(bytes)
  }

  /// `image 1: 640x480, image/png, 21 kB`
  public var caption: String {
    let size = png.map { "\($0.width)x\($0.height), " } ?? ""
    return "image \(number): \(size)\(VisibleText.of(mimeType)), \(Numbers.bytes(bytes.count))"
  }

  /// What the name of its file ends with; nil for a kind that no viewer is trusted with.
  public var fileExtension: String? {
    switch mimeType {
    case "image/png": "png"
    case "image/jpeg": "jpg"
    case "image/gif": "gif"
    case "image/webp": "webp"
    default: nil
    }
  }
}
