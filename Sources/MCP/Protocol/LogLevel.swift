/// The severity of a log message (RFC 5424), in rising order.
public enum LogLevel: String, Sendable, CaseIterable, Comparable {
  case debug, info, notice, warning, error, critical, alert, emergency

  /// The level as a number, from 0 for `debug` to 7 for `emergency`.
  var severity: Int {
    switch self {
    case .debug: 0
    case .info: 1
    case .notice: 2
    case .warning: 3
    case .error: 4
    case .critical: 5
    case .alert: 6
    case .emergency: 7
    }
  }

  public static func < (left: LogLevel, right: LogLevel) -> Bool { left.severity < right.severity }
}
