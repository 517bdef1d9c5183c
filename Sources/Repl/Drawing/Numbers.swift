internal import SystemSupport

/// Writes numbers for people, in a short form.
enum Numbers {
  /// Writes a number such as `1,234,567`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, digits[index - 1] != "-", (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  /// Writes a size such as `812 B`, `1.5 kB` or `64 MB`, in at most seven characters.
  static func bytes(_ count: Int) -> String {
    if count < 1000 { return "\(count) B" }
    var value = Double(count)
    for unit in ["kB", "MB", "GB"] {
      value /= 1000
      if value < 999.5 || unit == "GB" {
        return (value < 9.95 ? tenths(value) : "\(Int(value.rounded()))") + " " + unit
      }
    }
    return ""
  }

  /// Writes a time such as `0.4 ms`, `12 ms`, `3.2 s` or `2:05 min`.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<0.00995: tenths(seconds * 1000) + " ms"
    case ..<0.9995: "\(Int((seconds * 1000).rounded())) ms"
    case ..<59.95: tenths(seconds) + " s"
    default: clock(Int(seconds.rounded()))
    }
  }

  private static func clock(_ seconds: Int) -> String {
    let rest = seconds % 60
    return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest) min"
  }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
