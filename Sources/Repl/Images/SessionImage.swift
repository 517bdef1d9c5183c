public import Pictures

/// An image that code has shown in this session.
public struct SessionImage: Sendable, Hashable {
  /// The image's number in the session, from 1.
  public let number: Int
  public let mimeType: String
  public let bytes: [UInt8]
  /// The parsed file; nil when the image is of another kind.
  public let png: PNGFile?

  public init(number: Int, mimeType: String, bytes: [UInt8]) {
    self.number = number
    self.mimeType = mimeType
    self.bytes = bytes
    png = PNGFile(bytes)
  }

  /// A description such as `image 1: 640x480, image/png, 21 kB`.
  public var caption: String {
    let size = png.map { "\($0.width)x\($0.height), " } ?? ""
    return "image \(number): \(size)\(VisibleText.of(mimeType)), \(Numbers.bytes(bytes.count))"
  }

  /// The ending of its file's name; nil for a kind that no viewer is trusted with.
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
