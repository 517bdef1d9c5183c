/// The time that a client waits before it opens a lost stream again. The type is pure.
///
/// It is the time that the server asks for, and longer each time that the stream brought nothing.
struct ReconnectPause {
  /// The milliseconds where the server asks for none (2025-11-25, Transports, leaves it to the client).
  private static let standard = 1000
  /// The shortest pause in milliseconds, for a server that asks for none at all.
  private static let shortest = 50
  private static let longest = 3_600_000
  /// The milliseconds beyond which the pause does not grow by itself.
  private static let longestGrown = 30_000

  private var fruitless = 0

  /// Gives the next pause.
  ///
  /// - Parameter asked: The milliseconds of the stream's last `retry`.
  mutating func next(asked: Int?) -> Duration {
    let base = min(max(asked ?? Self.standard, Self.shortest), Self.longest)
    let grown = min(base << min(fruitless, 10), Self.longestGrown)
    fruitless += 1
    return .milliseconds(max(base, grown))
  }

  /// Notes that the stream brought an event, so that the next pause is a short one again.
  mutating func reset() { fruitless = 0 }
}
