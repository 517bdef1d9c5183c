import SystemSupport

/// Splits the process's stderr into lines, which are escaped and bounded in length and number. The type is pure.
struct DiagnosticLines {
  /// The number of bytes beyond which the interpreter is ended. Deno's last words take a few thousand bytes.
  static let most = 1 << 20
  /// The bytes of a line beyond which the rest is dropped.
  static let longestLine = 2000

  private var line: [UInt8] = []
  private var count = 0

  /// True when the process has written too many bytes.
  var isFlooded: Bool { count > Self.most }

  /// Takes a piece and gives the lines that it completes.
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

  /// Gives the last line, which has no line break; nothing when it is empty.
  mutating func end() -> [String] {
    defer { line = [] }
    let text = String(decoding: line, as: UTF8.self).foreignLine()
    return text.isEmpty ? [] : [text]
  }
}
