/// Splits the process's stdout into frames. Pure.
struct FrameReader {
  let token: [UInt8]
  /// A longer line ends the interpreter.
  let maximumBytes: Int
  /// More bytes behind a line end it, too.
  let maximumFollowing: Int
  private var rest: [UInt8] = []
  /// A frame whose bytes are still coming, and how many they will be.
  private var open: (request: Int, bytes: Int)?

  /// The process wrote something that the warden does not write.
  struct Violation: Error, Equatable {
    let reason: String
  }

  /// By default a line has room for the longest result with every character escaped.
  init(token: String, maximumBytes: Int = 64 << 20, maximumFollowing: Int = Checkpoint.maximumBytes) {
    self.token = Array(token.utf8)
    self.maximumBytes = maximumBytes
    self.maximumFollowing = maximumFollowing
  }

  mutating func push(_ bytes: [UInt8]) throws(Violation) -> [Frame] {
    guard open == nil || rest.count + bytes.count >= open?.bytes ?? 0 else {
      rest += bytes
      return []
    }
    guard open != nil || bytes.contains(UInt8(ascii: "\n")) else {
      rest += bytes
      if rest.count > maximumBytes { throw Violation(reason: "it sent a message that is too long") }
      return []
    }
    rest += bytes
    var frames: [Frame] = []
    var position = 0
    while let frame = try next(from: &position) { frames.append(frame) }
    rest.removeSubrange(..<position)
    return frames
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
    if end - position > maximumBytes { throw Violation(reason: "it sent a message that is too long") }
    var following = 0
    guard let frame = Frame(line: rest[position..<end], token: token, following: &following) else {
      throw Violation(reason: "it sent something that is not a message of ours")
    }
    position = end + 1
    guard case .checkpoint(let request, _) = frame else { return frame }
    if following > maximumFollowing { throw Violation(reason: "it sent a checkpoint that is too long") }
    open = (request, following)
    return try next(from: &position)
  }
}
