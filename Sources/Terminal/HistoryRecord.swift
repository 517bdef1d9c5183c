/// An entry as a line of a history file, in the format of libedit's `H_SAVE` and `H_LOAD`. Backslashes are
/// doubled, blanks and control characters are octal escapes; other text stays UTF-8.
enum HistoryRecord {
  static let header = "_HiStOrY_V2_"

  static func encode(_ entry: String) -> String {
    var line = ""
    for scalar in entry.unicodeScalars {
      switch scalar.value {
      case 0x5c: line += "\\\\"
      case 0x00...0x20, 0x7f:
        let digits = String(scalar.value, radix: 8)
        line += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// Reads a record; unknown escapes stay as they are.
  static func decode(_ line: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(line.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(3).prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
      if rest.first == UInt8(ascii: "\\") {
        bytes.append(byte)
        rest.removeFirst()
      } else if let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8) {
        bytes.append(value)
        rest.removeFirst(digits.count)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
