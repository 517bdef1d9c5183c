internal import Pictures
import SystemSupport

/// The images of one run, as far as they may be sent. The guest is untrusted: what is no PNG is none of them. Pure.
struct ShownImages {
  private(set) var files: [PNGFile] = []
  private(set) var droppedCount = 0
  private var byteCount = 0

  /// The warden hands on no more.
  var isFull: Bool { files.count + droppedCount >= Limits.images }

  /// The image, or nil when it is dropped.
  mutating func take(base64: String) -> PNGFile? {
    guard files.count < Limits.images, base64.utf8.count <= Limits.imageCharacters,
      let data = Data(base64Encoded: base64), byteCount + data.count <= Limits.imageBytesOfRun,
      let file = PNGFile(Array(data))
    else {
      droppedCount += 1
      return nil
    }
    files.append(file)
    byteCount += data.count
    return file
  }
}
