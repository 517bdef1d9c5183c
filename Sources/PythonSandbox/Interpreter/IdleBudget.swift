/// The processor time that code may use after its run has ended. Pure.
///
/// It fills at a steady rate up to a burst, so that a callback now and then goes on undisturbed.
struct IdleBudget {
  static let burst = Duration.seconds(2)

  private var left = burst
  private var last: (used: Duration, time: ContinuousClock.Instant)?

  /// Takes what was used since the last call; the first call takes nothing.
  ///
  /// - Parameter used: all that the process has used until now.
  /// - Returns: false when more was used than there was, and the budget is full again.
  mutating func take(_ used: Duration, at time: ContinuousClock.Instant) -> Bool {
    guard let last else {
      skip(used, at: time)
      return true
    }
    left = min(Self.burst, left + (time - last.time) * Limits.idleProcessorTime / 1000) - (used - last.used)
    self.last = (used, time)
    if left >= .zero { return true }
    left = Self.burst
    return false
  }

  /// Takes nothing for the time since the last call, since the process worked for the host.
  mutating func skip(_ used: Duration, at time: ContinuousClock.Instant) {
    last = (used, time)
  }
}
