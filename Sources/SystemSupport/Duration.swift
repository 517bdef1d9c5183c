extension Duration {
  /// The duration in seconds, as exact as a double can be.
  package var inSeconds: Double { self / .seconds(1) }

  /// The duration in words, such as `60 seconds` or `0.5 seconds`.
  package var inWords: String {
    let seconds = inSeconds
    let number = seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
    return "\(number) second\(seconds == 1 ? "" : "s")"
  }
}
