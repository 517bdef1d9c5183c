import SystemSupport
import TerminalText

@testable import MCP
@testable import PythonSandbox

/// Messages and diagnostic lines do not depend on the pieces in which they come; foreign text is harmless.
func takeLines(_ bytes: [UInt8]) {
  takeMessages(bytes)
  takeDiagnostics(bytes)
  let text = String(decoding: bytes, as: UTF8.self)
  for line in [text.foreignLine(), text.foreignLine(limit: 20)] { requireHarmless(line, keeping: []) }
  requireHarmless(VisibleText.printable(text), keeping: ["\n", "\t"])
  requireHarmless(VisibleText.of(text), keeping: [])
}

private func takeMessages(_ bytes: [UInt8]) {
  let limit = 64
  func messages(_ pieces: [[UInt8]]) -> [Incoming] {
    var framer = LineFramer(maximumMessageBytes: limit)
    var found: [Incoming] = []
    for piece in pieces {
      found += framer.push(piece)
      require(framer.storedByteCount <= limit + 1, "\(framer.storedByteCount) bytes of a line are kept")
    }
    if let last = framer.finish() { found.append(last) }
    return found
  }
  let whole = messages([bytes])
  for case .message(let message) in whole {
    require(!message.contains(UInt8(ascii: "\n")), "a message is more than a line")
    require(!message.isEmpty && message.count <= limit, "a message has \(message.count) bytes")
  }
  for pieces in bytes.cuts { require(messages(pieces) == whole, "the messages depend on the pieces") }
}

private func takeDiagnostics(_ bytes: [UInt8]) {
  func lines(_ pieces: [[UInt8]]) -> [String] {
    var lines = DiagnosticLines()
    return pieces.flatMap { lines.push($0) } + lines.end()
  }
  let whole = lines([bytes])
  for pieces in bytes.cuts { require(lines(pieces) == whole, "the diagnostic lines depend on the pieces") }
  for line in whole { requireHarmless(line, keeping: []) }
}

/// Requires that a text has no control characters and no marks that reorder text or separate lines.
func requireHarmless(_ text: String, keeping kept: Set<Unicode.Scalar>) {
  for scalar in text.unicodeScalars where !kept.contains(scalar) {
    switch scalar.value {
    case 0x00...0x1f, 0x7f...0x9f, 0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069:
      require(false, "U+\(String(scalar.value, radix: 16)) was let through")
    default: break
    }
  }
}
