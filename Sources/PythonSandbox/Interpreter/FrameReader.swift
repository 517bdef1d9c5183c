/// Splits the process's stdout into frames. Pure.
struct FrameReader {
  let token: [UInt8]
  /// Longer frames end the interpreter.
  let bounds: FrameBounds
  /// Says whether somebody waits for the checkpoint of a request; any other one ends the interpreter.
  let isAskedFor: @Sendable (_ request: Int) -> Bool
  private var rest: [UInt8] = []
  /// A frame whose bytes are still coming, and how many they will be.
  private var open: (request: Int, bytes: Int)?

  /// The process wrote something that the warden does not write.
  struct Violation: Error, Equatable {
    static let notOurs = "it sent something that is not a message of ours"

    let reason: String
  }

  init(token: String, bounds: FrameBounds, isAskedFor: @escaping @Sendable (_ request: Int) -> Bool) {
    self.token = Array(token.utf8)
    self.bounds = bounds
    self.isAskedFor = isAskedFor
  }

  mutating func push(_ bytes: [UInt8]) throws(Violation) -> [Frame] {
    guard open == nil || rest.count + bytes.count >= open?.bytes ?? 0 else {
      rest += bytes
      return []
    }
    guard open != nil || bytes.contains(UInt8(ascii: "\n")) else {
      rest += bytes
      try checkLength(of: rest[...])
      return []
    }
    rest += bytes
    var frames: [Frame] = []
    var position = 0
    while let frame = try next(from: &position) { frames.append(frame) }
    rest.removeSubrange(..<position)
    if open == nil { try checkLength(of: rest[...]) }
    return frames
  }

  /// A line is refused by its beginning, before more of it is gathered.
  private func checkLength(of line: ArraySlice<UInt8>) throws(Violation) {
    let isForeign = !line.starts(with: token.prefix(line.count))
    if isForeign { throw Violation(reason: Violation.notOurs) }
    if line.count <= bounds.longestLine(beginning: []) { return }
    if line.count > bounds.longestLine(beginning: line.dropFirst(token.count)) {
      throw Violation(reason: "it sent a message that is too long")
    }
  }

  /// The next whole frame; nil when it has not come yet.
  private mutating func next(from position: inout Int) throws(Violation) -> Frame? {
    if let (request, bytes) = open {
      guard rest.count - position >= bytes else { return nil }
      open = nil
      defer { position += bytes }
      return .checkpoint(request: request, content: Array(rest[position..<position + bytes]))
    }
    guard let end = rest[position...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    try checkLength(of: rest[position..<end])
    var following = 0
    guard let frame = Frame(line: rest[position..<end], token: token, following: &following) else {
      throw Violation(reason: Violation.notOurs)
    }
    position = end + 1
    guard case .checkpoint(let request, _) = frame else { return frame }
    guard isAskedFor(request) else { throw Violation(reason: "it sent a checkpoint that nobody asked for") }
    if following > bounds.checkpoint { throw Violation(reason: "it sent a checkpoint that is too long") }
    rest.reserveCapacity(rest.count + following)
    open = (request, following)
    return try next(from: &position)
  }
}
