/// The reason why a text is not JSON.
public struct JSONParseError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The position of the first wrong byte, counted from 0. For a text that ends too early it is the text's
  /// length.
  public var offset: Int
  /// The fault, as a sentence without the position.
  public var reason: String

  public init(offset: Int, reason: String) {
    self.offset = offset
    self.reason = reason
  }

  public var description: String { "\(reason) (byte \(offset))" }
}
