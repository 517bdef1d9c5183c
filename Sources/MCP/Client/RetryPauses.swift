/// How long to wait before each further call of a server that asks for nothing but another one. Pure.
struct RetryPauses: Sendable {
  static let limit = 10
  private static let first = Duration.milliseconds(100)
  private static let longest = Duration.seconds(5)

  private var count = 0

  /// The next one; nil when there were enough.
  mutating func next() -> Duration? {
    guard count < Self.limit else { return nil }
    defer { count += 1 }
    return min(Self.first * (1 << count), Self.longest)
  }
}
