/// The most bytes of each frame of one interpreter, which follow from the limits that the warden keeps.
struct FrameBounds {
  /// The most bytes of a checkpoint: its memory, its files and its header.
  let checkpoint: Int

  /// The lengths to which the warden cuts reasons, prompts and output, in UTF-16 units; see bounds.ts.
  private static let reason = 1000
  private static let prompt = 10_000
  private static let output = 1 << 16
  /// The number of completions that there may be, and the number of UTF-16 units in all of them.
  private static let completions = 1000
  private static let completed = 100_000
  private static let checkpointHeader = 64 << 20
  /// The bytes of the fields' names and of numbers.
  private static let frame = 1000
  /// The bytes of a character that is escaped in JSON, such as `\u0000`.
  private static let escaped = 6
  /// The bytes around a string in an array: quotes and a comma.
  private static let separators = 3
  /// The bytes of a character in a result. It is JSON without control characters: an escaped quote takes two bytes,
  /// others up to three.
  private static let escapedResult = 3

  init(limits: Limits) {
    checkpoint = limits.memory << 20 + Limits.fileBytes + Self.checkpointHeader
  }

  /// The most bytes of a line, without the token.
  func longestLine(of kind: Frame.Kind) -> Int {
    switch kind {
    case .ready, .begun, .checkpoint: Self.frame
    case .output: Self.output * Self.escaped + Self.frame
    case .image: Limits.imageCharacters + Self.frame
    case .done: Limits.resultCharacters * Self.escapedResult + Self.frame
    case .input: Self.prompt * Self.escaped + Self.frame
    case .completions: Self.completed * Self.escaped + Self.completions * Self.separators + Self.frame
    case .unsavable, .dead: Self.reason * Self.escaped + Self.frame
    }
  }
}
