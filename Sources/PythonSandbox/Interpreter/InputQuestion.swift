/// The code waits for a line from the user, in `input()` or `getpass()`.
public struct InputQuestion: Sendable, Hashable {
  /// The text that the code asks with; it may be empty.
  public var prompt: String
  /// The answer is not to be shown while it is typed, and not to be kept.
  public var isHidden = false
}
