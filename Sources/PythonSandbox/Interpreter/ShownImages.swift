internal import Pictures
import SystemSupport

/// The images of one run that may be sent. The guest is untrusted, so a file that is no PNG is dropped. The type is
/// pure.
struct ShownImages {
  private(set) var files: [PNGFile] = []
  private(set) var droppedCount = 0
  private var byteCount = 0

  /// True when the run has had all its images, after which the warden sends none.
  var isFull: Bool { files.count + droppedCount >= Limits.images }

  /// Takes an image; nil when it is dropped.
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
