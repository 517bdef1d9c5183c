internal import SystemSupport

/// A moment in HTTP's form: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
struct HTTPDate: Sendable {
  let text: String

  init(secondsSince1970: Int) {
    var seconds = time_t(secondsSince1970)
    var time = tm()
    // The system's own formatter would write the names in the user's language, so the text is made here.
    gmtime_r(&seconds, &time)
    let clock = [time.tm_hour, time.tm_min, time.tm_sec].map(Self.twoDigits).joined(separator: ":")
    let day = "\(Self.twoDigits(time.tm_mday)) \(Self.months[Int(time.tm_mon)]) \(Int(time.tm_year) + 1900)"
    text = "\(Self.weekdays[Int(time.tm_wday)]), \(day) \(clock) GMT"
  }

  private static func twoDigits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

enum UnixTime {
  /// The present time, in seconds since 1970.
  static var now: Int { Int(Date().timeIntervalSince1970) }
}
