extension String {
  /// The text without white space at its ends.
  public func trimmingWhitespace() -> String {
    let start = drop { $0.isWhitespace }
    return String(String(start.reversed().drop { $0.isWhitespace }).reversed())
  }
}
