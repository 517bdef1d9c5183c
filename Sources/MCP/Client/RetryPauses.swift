/// The pauses before further calls of a server that only asks to be called again. Pure.
struct RetryPauses: Sendable {
  static let limit = 10
  private static let first = Duration.milliseconds(100)
  private static let longest = Duration.seconds(5)

  private var count = 0

  /// Gives the next pause; nil after enough of them.
  mutating func next() -> Duration? {
    guard count < Self.limit else { return nil }
    defer { count += 1 }
    return min(Self.first * (1 << count), Self.longest)
  }
}
