/// Splits the process's stdout into frames. The type is pure.
struct FrameReader {
  let token: [UInt8]
  /// The bounds of frames; a longer one ends the interpreter.
  let bounds: FrameBounds
  /// Says that the checkpoint of a request was asked for. Any other checkpoint ends the interpreter.
  let isAskedFor: @Sendable (_ request: Int) -> Bool
  /// The beginning of a line whose end has not come yet.
  private var rest: [UInt8] = []
  private var open: Opened?

  /// A checkpoint whose bytes are still coming.
  private struct Opened {
    let request: Int
    let count: Int
    var content: [UInt8] = []
  }

  /// The error of a process that wrote a line which the warden does not write.
  struct Violation: Error, Equatable {
    static let notOurs = "it sent something that is not a message of ours"
    static let tooLong = "it sent a message that is too long"

    let reason: String
  }

  init(token: String, bounds: FrameBounds, isAskedFor: @escaping @Sendable (_ request: Int) -> Bool) {
    self.token = Array(token.utf8)
    self.bounds = bounds
    self.isAskedFor = isAskedFor
  }

  mutating func push(_ bytes: [UInt8]) throws(Violation) -> [Frame] {
    var frames: [Frame] = []
    var piece = bytes[...]
    while true {
      if let checkpoint = gather(&piece) { frames.append(checkpoint) }
      if open != nil || piece.isEmpty { return frames }
      guard let end = piece.firstIndex(of: UInt8(ascii: "\n")) else {
        rest += piece
        try checkLength(of: rest[...])
        return frames
      }
      // A line that came in one piece needs no copy.
      let line = rest.isEmpty ? piece[..<end] : (rest + piece[..<end])[...]
      rest = []
      piece = piece[(end + 1)...]
      if let frame = try frame(of: line) { frames.append(frame) }
    }
  }

  /// Takes the bytes that belong to a checkpoint which is coming, and gives the checkpoint once it is whole.
  private mutating func gather(_ piece: inout ArraySlice<UInt8>) -> Frame? {
    guard let missing = open.map({ $0.count - $0.content.count }) else { return nil }
    open?.content += piece.prefix(missing)
    piece = piece.dropFirst(missing)
    guard let whole = open, whole.content.count == whole.count else { return nil }
    open = nil
    return .checkpoint(request: whole.request, content: whole.content)
  }

  /// The frame of a line; nil for a checkpoint, whose bytes have still to come.
  private mutating func frame(of line: ArraySlice<UInt8>) throws(Violation) -> Frame? {
    try checkLength(of: line)
    var following = 0
    guard let frame = Frame(line: line, token: token, following: &following) else {
      throw Violation(reason: Violation.notOurs)
    }
    guard case .checkpoint(let request, _) = frame else { return frame }
    guard isAskedFor(request) else { throw Violation(reason: "it sent a checkpoint that nobody asked for") }
    if following > bounds.checkpoint { throw Violation(reason: "it sent a checkpoint that is too long") }
    open = Opened(request: request, count: following)
    open?.content.reserveCapacity(following)
    return nil
  }

  /// Refuses a line by its beginning, before more of it is gathered.
  private func checkLength(of line: ArraySlice<UInt8>) throws(Violation) {
    guard line.starts(with: token.prefix(line.count)) else { throw Violation(reason: Violation.notOurs) }
    let text = line.dropFirst(token.count)
    guard text.count > Frame.Kind.longestBeginning else { return }
    guard let kind = Frame.Kind(beginning: text) else { throw Violation(reason: Violation.notOurs) }
    if text.count > bounds.longestLine(of: kind) { throw Violation(reason: Violation.tooLong) }
  }
}
