import SystemSupport

/// Splits what the process writes to its stderr into lines: escaped, and bounded in length and number. Pure.
struct DiagnosticLines {
  /// More of it ends the interpreter; Deno's last words take a few thousand bytes.
  static let most = 1 << 20
  static let longestLine = 2000

  private var line: [UInt8] = []
  private var count = 0

  /// Whether there was more than there may be.
  var isFlooded: Bool { count > Self.most }

  /// The lines that are whole now.
  mutating func push(_ bytes: some Collection<UInt8>) -> [String] {
    var lines: [String] = []
    count += bytes.count
    for piece in bytes.split(separator: UInt8(ascii: "\n"), maxSplits: .max, omittingEmptySubsequences: false)
      .enumerated()
    {
      if piece.offset > 0 { lines += end() }
      line += piece.element.prefix(Self.longestLine - line.count)
    }
    return lines
  }

  /// The line that has no end.
  mutating func end() -> [String] {
    defer { line = [] }
    let text = String(decoding: line, as: UTF8.self).foreignLine()
    return text.isEmpty ? [] : [text]
  }
}
