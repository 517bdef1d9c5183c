/// Something to tell while a runtime or an image is made.
public struct PreparationEvent: Sendable, Hashable {
  public enum Level: String, Sendable, Codable { case debug, info, error }

  public var level: Level
  public var text: String

  public init(_ level: Level, _ text: String) {
    self.level = level
    self.text = text
  }
}

public typealias PreparationHandler = @Sendable (PreparationEvent) -> Void
