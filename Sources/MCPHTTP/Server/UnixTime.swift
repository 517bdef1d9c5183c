internal import SystemSupport

enum UnixTime {
  /// The present time, in seconds since 1970.
  static var now: Int { Int(Date().timeIntervalSince1970) }
}
