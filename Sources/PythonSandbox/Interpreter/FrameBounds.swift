/// How long the frames of one interpreter may be: as its limits let the warden write them, and no longer.
struct FrameBounds {
  /// A line's bytes, by the frame's kind.
  private let lines: [String: Int]
  let longestLine: Int
  /// The memory, the files and the header of a checkpoint.
  let checkpoint: Int

  /// The warden cuts reasons, prompts and completions at these lengths, in UTF-16 units.
  private static let reason = 1000
  private static let prompt = 10_000
  private static let completions = 1000
  private static let checkpointHeader = 64 << 20
  /// The token, the names of the fields and their numbers.
  private static let frame = 1000
  /// A character escaped as JSON, `\u0000`.
  private static let escaped = 6

  init(limits: Limits) {
    lines = [
      "ready": Self.frame,
      "output": limits.output * Self.escaped + Self.frame,
      "image": Limits.imageCharacters + Self.frame,
      "done": Limits.resultCharacters * Self.escaped + Self.frame,
      "input": Self.prompt * Self.escaped + Self.frame,
      "completions": Self.completions * (Self.prompt * Self.escaped + 3) + Self.frame,
      "checkpoint": Self.frame,
      "unsavable": Self.reason * Self.escaped + Self.frame,
      "dead": Self.reason * Self.escaped + Self.frame,
    ]
    longestLine = lines.values.max() ?? 0
    checkpoint = limits.memory << 20 + Limits.fileBytes + Self.checkpointHeader
  }

  /// How long the line may be that begins so; the kind is the first that the warden writes.
  ///
  /// - Parameter beginning: what came of it, without the token.
  func longestLine(beginning: ArraySlice<UInt8>) -> Int {
    let opening = Array(" {\"kind\":\"".utf8)
    guard beginning.starts(with: opening) else { return Self.frame }
    let name = beginning.dropFirst(opening.count).prefix(20).prefix { $0 != UInt8(ascii: "\"") }
    return lines[String(decoding: name, as: UTF8.self)] ?? Self.frame
  }
}
