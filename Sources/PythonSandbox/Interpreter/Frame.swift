import SystemSupport

/// A line from the warden: the process's token, a blank, and a JSON object whose first field is `kind`.
enum Frame: Equatable {
  case ready(python: String)
  /// The warden hands the run's code to Python next. Without this frame none of the code has run.
  case begun(run: Int)
  case output(OutputChunk)
  /// An image that the run shows: a PNG file in base64.
  case image(run: Int, data: String)
  case done(Done)
  /// The code waits for a line from the user.
  case input(run: Int, InputQuestion)
  case completions(request: Int, values: [String])
  /// The bytes of a checkpoint, which follow the line.
  case checkpoint(request: Int, content: [UInt8])
  /// The refusal of a checkpoint, with the reason.
  case unsavable(request: Int, reason: String)
  case dead(reason: String)

  /// Reads a line; nil for anything that the warden cannot have written.
  ///
  /// - Parameter following: Is set to the number of bytes that follow the line and belong to the frame.
  init?(line: ArraySlice<UInt8>, token: [UInt8], following: inout Int) {
    let beginning = line.dropFirst(token.count)
    guard line.starts(with: token), let kind = Kind(beginning: beginning) else { return nil }
    let object = Data(line.dropFirst(token.count + 1))
    guard let fields = try? JSONDecoder().decode(Fields.self, from: object), fields.kind == kind else {
      return nil
    }
    switch kind {
    case .ready:
      guard let python = fields.python else { return nil }
      self = .ready(python: python)
    case .begun:
      guard let run = fields.run else { return nil }
      self = .begun(run: run)
    case .output:
      guard let stream = fields.stream, let text = fields.text else { return nil }
      self = .output(OutputChunk(stream: stream, text: text))
    case .image:
      guard let run = fields.run, let data = fields.data else { return nil }
      self = .image(run: run, data: data)
    case .done:
      guard let run = fields.run, let result = fields.result else { return nil }
      self = .done(
        Done(
          run: run, result: result, isOutputDropped: fields.dropped ?? false,
          droppedImageCount: fields.imagesDropped ?? 0, isSpent: fields.spent ?? false))
    case .input:
      guard let run = fields.run, let prompt = fields.prompt else { return nil }
      self = .input(run: run, InputQuestion(prompt: prompt, isHidden: fields.hidden ?? false))
    case .completions:
      guard let request = fields.request, let values = fields.values else { return nil }
      self = .completions(request: request, values: values)
    case .checkpoint:
      guard let request = fields.request, let bytes = fields.bytes, bytes >= 0 else { return nil }
      following = bytes
      self = .checkpoint(request: request, content: [])
    case .unsavable:
      guard let request = fields.request, let reason = fields.reason else { return nil }
      self = .unsavable(request: request, reason: reason)
    case .dead:
      guard let reason = fields.reason else { return nil }
      self = .dead(reason: reason)
    }
  }

  enum Kind: String, Decodable, CaseIterable {
    case ready, begun, output, image, done, input, completions, checkpoint, unsavable, dead

    private static let opening = Array(" {\"kind\":\"".utf8)
    /// The most bytes of a line before its kind is known, without the token.
    static let longestBeginning = opening.count + 1 + (allCases.map(\.rawValue.utf8.count).max() ?? 0)

    /// Reads the kind, which bounds the length of the line; nil when a line does not begin with one.
    ///
    /// - Parameter beginning: The bytes that follow the token and have come so far.
    init?(beginning: ArraySlice<UInt8>) {
      guard beginning.starts(with: Self.opening) else { return nil }
      let rest = beginning.dropFirst(Self.opening.count).prefix(Self.longestBeginning)
      guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
      self.init(rawValue: String(decoding: rest[..<end], as: UTF8.self))
    }
  }

  /// The end of a run.
  struct Done: Equatable {
    var run: Int
    /// The result as JSON, in the form of `runner.py`.
    var result: String
    /// True when the code wrote more output than a run may, and the rest was dropped.
    var isOutputDropped = false
    /// The number of images that the warden did not hand on.
    var droppedImageCount = 0
    /// True when only a new interpreter can run code as the first time.
    var isSpent = false
  }

  private struct Fields: Decodable {
    let kind: Kind
    let python: String?
    let stream: OutputChunk.Stream?
    let text: String?
    let run: Int?
    let result: String?
    let data: String?
    let dropped: Bool?
    let imagesDropped: Int?
    let spent: Bool?
    let reason: String?
    let prompt: String?
    let hidden: Bool?
    let request: Int?
    let values: [String]?
    let bytes: Int?
  }
}
