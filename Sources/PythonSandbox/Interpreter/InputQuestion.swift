/// The question of code that waits for a line from the user, in `input()` or `getpass()`.
public struct InputQuestion: Sendable, Hashable {
  /// The text that the code asks with; it may be empty.
  public var prompt: String
  /// True when the answer must not be shown while it is typed, and must not be kept.
  public var isHidden = false
}
