import SystemSupport

/// A line from the warden: the process's token, a blank, a JSON object whose first field is `kind`.
enum Frame: Equatable {
  case ready(python: String)
  /// The run's code is handed to Python next; without this, none of it has run.
  case begun(run: Int)
  case output(OutputChunk)
  /// What the run shows, in base64.
  case image(run: Int, data: String)
  case done(Done)
  /// The code waits for a line from the user.
  case input(run: Int, InputQuestion)
  case completions(request: Int, values: [String])
  /// What a checkpoint consists of.
  case checkpoint(request: Int, content: [UInt8])
  /// There can be no checkpoint now.
  case unsavable(request: Int, reason: String)
  case dead(reason: String)

  /// Nil for anything that the warden cannot have written.
  ///
  /// - Parameter following: is set to how many bytes follow the line; they belong to the frame.
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
    /// How many bytes a line has at most before its kind is known, without the token.
    static let longestBeginning = opening.count + 1 + (allCases.map(\.rawValue.utf8.count).max() ?? 0)

    /// Nil where a line does not begin with its kind, which bounds how long it may become.
    ///
    /// - Parameter beginning: what follows the token, as far as it has come.
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
    /// JSON text of `runner.py`.
    var result: String
    /// More output was written than a run may.
    var isOutputDropped = false
    /// Images that the warden did not hand on.
    var droppedImageCount = 0
    /// Only a new interpreter runs as a first one does.
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
