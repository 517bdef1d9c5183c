/// A line to tell while a runtime or an image is made.
public struct PreparationEvent: Sendable, Hashable {
  /// The weight of the line. The output of pip and of the steps has `debug`; the others are for users.
  public enum Level: String, Sendable { case debug, info, error }

  /// The weight of the line.
  public var level: Level
  /// The text for the user.
  public var text: String

  public init(_ level: Level, _ text: String) {
    self.level = level
    self.text = text
  }
}

/// Gets each line, in order. It may be called from any thread.
public typealias PreparationHandler = @Sendable (PreparationEvent) -> Void
