/// How long the frames of one interpreter may be: as its limits let the warden write them, and no longer.
struct FrameBounds {
  /// The memory, the files and the header of a checkpoint.
  let checkpoint: Int

  /// The warden cuts reasons, prompts and output into such lengths, in UTF-16 units; see bounds.ts.
  private static let reason = 1000
  private static let prompt = 10_000
  private static let output = 1 << 16
  /// How many completions there may be, and their UTF-16 units together.
  private static let completions = 1000
  private static let completed = 100_000
  private static let checkpointHeader = 64 << 20
  /// The names of the fields and their numbers.
  private static let frame = 1000
  /// A character escaped as JSON, `\u0000`.
  private static let escaped = 6
  /// Around a string in an array: quotes and a comma.
  private static let separators = 3
  /// A result is JSON itself, without control characters: an escaped quote takes two bytes, others up to three.
  private static let escapedResult = 3

  init(limits: Limits) {
    checkpoint = limits.memory << 20 + Limits.fileBytes + Self.checkpointHeader
  }

  /// A line's bytes, without the token.
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
