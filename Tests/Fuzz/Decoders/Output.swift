import TerminalText

@testable import Terminal

/// Output does not depend on the pieces in which it comes, and only our own sequences go to a terminal.
func takeOutput(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  let whole = pieces([text])
  require(pieces(text.unicodeScalars.map { String($0) }) == whole, "the output depends on its cuts")
  takeLine(whole)
  takeTerminal(text)
}

/// Reads a text part by part, and joins what follows each other in one look.
private func pieces(_ parts: [String]) -> [OutputReader.Piece] {
  var reader = OutputReader()
  return parts.flatMap { reader.read($0) }.reduce(into: []) { joined, piece in
    if case .text(let more, let look) = piece, case .text(let text, look)? = joined.last {
      joined[joined.count - 1] = .text(text + more, look)
    } else {
      // Carriage returns before a newline change nothing, and are left out where both come at once.
      while piece == .newline, joined.last == .carriageReturn { joined.removeLast() }
      joined.append(piece)
    }
  }
}

private func takeLine(_ pieces: [OutputReader.Piece]) {
  var line = OutputLine()
  for piece in pieces {
    line.take(piece)
    require(line.byteCount == line.styled.text.utf8.count, "the line has another size")
  }
  requireHarmless(line.styled.line(.plain).plainText, keeping: [])
}

private func takeTerminal(_ text: String) {
  var output = ProgramOutput(depth: .palette)
  var shown = output.text(of: text, on: .output) + output.end()
  // Without our own sequences nothing is left that drives a terminal. A mark may follow their last letter.
  for ours in [/\u{1b}\[[0-9;]*m/, /\u{1b}\[[12]?K/, /\u{1b}\[[0-9]+[AB]/] {
    shown.replace(ours.matchingSemantics(.unicodeScalar), with: "")
  }
  requireHarmless(shown, keeping: ["\n", "\t", "\r", "\u{8}"])
}
