extension Duration {
  /// The duration in seconds, as exact as a double can be.
  package var inSeconds: Double { self / .seconds(1) }
}
