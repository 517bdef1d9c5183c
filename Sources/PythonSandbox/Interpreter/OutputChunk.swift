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

  private static let linesOfPiece = 100

  /// The same in pieces that take little time to hand on; a displayed value stays whole.
  var pieces: [OutputChunk] {
    guard stream != .display else { return [self] }
    var pieces: [OutputChunk] = []
    var (start, lines) = (text.startIndex, 0)
    for index in text.utf8.indices where text.utf8[index] == UInt8(ascii: "\n") {
      lines += 1
      guard lines == Self.linesOfPiece else { continue }
      let end = text.utf8.index(after: index)
      pieces.append(OutputChunk(stream: stream, text: String(text[start..<end])))
      (start, lines) = (end, 0)
    }
    if start < text.endIndex { pieces.append(OutputChunk(stream: stream, text: String(text[start...]))) }
    return pieces
  }
}
