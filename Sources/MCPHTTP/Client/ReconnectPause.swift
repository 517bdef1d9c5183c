/// How long a client waits before it opens a lost stream again: as long as the server asks for, and longer each time
/// that the stream brought nothing. Pure.
struct ReconnectPause {
  /// Milliseconds where the server asks for nothing (2025-11-25, Transports, leaves it to the client).
  private static let standard = 1000
  /// A server that asks for no pause at all gets one all the same.
  private static let shortest = 50
  private static let longest = 3_600_000
  /// Beyond this the pause does not grow by itself.
  private static let longestGrown = 30_000

  private var fruitless = 0

  /// - Parameter asked: the milliseconds of the stream's last `retry`.
  mutating func next(asked: Int?) -> Duration {
    let base = min(max(asked ?? Self.standard, Self.shortest), Self.longest)
    let grown = min(base << min(fruitless, 10), Self.longestGrown)
    fruitless += 1
    return .milliseconds(max(base, grown))
  }

  /// The stream brought an event.
  mutating func reset() { fruitless = 0 }
}
