internal import Pictures
import SystemSupport

/// A piece of the code's output as it came. It need not be a line, but never has a broken character.
public struct OutputChunk: Sendable, Hashable {
  /// The streams that code writes to.
  public enum Stream: Int, Sendable, CaseIterable {
    case stdout = 1
    case stderr = 2
    /// The values that an interactive run displays, each in the form of `repr`.
    case display = 3
  }

  /// The stream that the code wrote to.
  public var stream: Stream
  /// The text, which may have line breaks.
  public var text: String

  public init(stream: Stream, text: String) {
    self.stream = stream
    self.text = text
  }
}

/// The question of code that waits for a line from the user, in `input()` or `getpass()`.
public struct InputQuestion: Sendable, Hashable {
  /// The text that the code asks with; it may be empty.
  public var prompt: String
  /// True when the answer must not be shown while it is typed, and must not be kept.
  public var isHidden = false
}

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
