/// Why a text is not JSON.
public struct JSONParseError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The position of the first byte that cannot be right, counted from 0. At the end of a text that stops too
  /// early it is the text's length.
  public var offset: Int
  /// What is wrong, as a sentence without the position.
  public var reason: String

  public init(offset: Int, reason: String) {
    self.offset = offset
    self.reason = reason
  }

  public var description: String { "\(reason) (byte \(offset))" }
}
