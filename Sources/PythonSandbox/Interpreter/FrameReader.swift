/// Splits the process's stdout into frames. Pure.
struct FrameReader {
  let token: [UInt8]
  /// A longer line ends the interpreter.
  let maximumBytes: Int
  private var rest: [UInt8] = []

  /// The process wrote something that the warden does not write.
  struct Violation: Error, Equatable {
    let reason: String
  }

  /// By default a line has room for the longest result with every character escaped.
  init(token: String, maximumBytes: Int = 64 << 20) {
    self.token = Array(token.utf8)
    self.maximumBytes = maximumBytes
  }

  mutating func push(_ bytes: [UInt8]) throws(Violation) -> [Frame] {
    guard let lastNewline = bytes.lastIndex(of: UInt8(ascii: "\n")) else {
      rest += bytes
      if rest.count > maximumBytes { throw Violation(reason: "it sent a message that is too long") }
      return []
    }
    let whole = rest + bytes[..<lastNewline]
    rest = Array(bytes[(lastNewline + 1)...])
    var frames: [Frame] = []
    for line in whole.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.count > maximumBytes { throw Violation(reason: "it sent a message that is too long") }
      guard let frame = Frame(line: line, token: token) else {
        throw Violation(reason: "it sent something that is not a message of ours")
      }
      frames.append(frame)
    }
    return frames
  }
}
