/// A piece of what the code wrote, as it came: not a line, but never a broken character.
public struct OutputChunk: Sendable, Hashable {
  public enum Stream: Int, Sendable, Codable, CaseIterable {
    case stdout = 1
    case stderr = 2
    /// Values that an interactive run displays, each as `repr` gives it.
    case display = 3
  }

  public var stream: Stream
  public var text: String

  public init(stream: Stream, text: String) {
    self.stream = stream
    self.text = text
  }
}
