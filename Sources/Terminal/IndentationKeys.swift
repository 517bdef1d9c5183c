/// Tab and Backspace in Python's leading blanks.
enum IndentationKeys {
  private static let step = 4
  private static let space: UInt32 = 0x20
  private static let tab: UInt32 = 0x09

  /// Tab goes to the next multiple of four at the line's start or after a blank; elsewhere `nil`.
  static func spacesToInsert(before: ArraySlice<UInt32>) -> Int? {
    if let last = before.last, last != space, last != tab { return nil }
    return step - before.count % step
  }

  /// Backspace goes to the last multiple of four when only spaces stand before the cursor; elsewhere it
  /// erases one scalar.
  static func scalarsToErase(before: ArraySlice<UInt32>) -> Int {
    guard !before.isEmpty, before.allSatisfy({ $0 == space }) else { return 1 }
    return (before.count - 1) % step + 1
  }
}
