import JSON

/// A line from the warden: the process's token, a blank, and a JSON object whose first field is `kind`.
///
/// `wire.json` describes the fields of each kind.
enum Frame: Equatable {
  case ready(python: String)
  /// The warden hands the run's code to Python next. Without this frame none of the code has run.
  case begun(run: Int)
  case output(OutputChunk)
  /// An image that the run shows: a PNG file in base64. The drawing is the guest's, for the cells of a terminal.
  case image(run: Int, data: String, drawing: String?)
  case done(Done)
  /// The code waits for a line from the user.
  case input(run: Int, InputQuestion)
  case completions(request: Int, values: [String])
  /// The bytes of a checkpoint, which follow the line.
  case checkpoint(request: Int, content: [UInt8])
  /// A request for what is below a mount. Its content follows the line.
  case file(FileRequest)
  /// The refusal of a checkpoint, with the reason.
  case unsavable(request: Int, reason: String)
  case dead(reason: String)

  /// Reads a line; nil for anything that the warden cannot have written.
  ///
  /// - Parameter following: Is set to the number of bytes that follow the line and belong to the frame.
  init?(line: ArraySlice<UInt8>, token: [UInt8], following: inout Int) {
    let beginning = line.dropFirst(token.count)
    guard line.starts(with: token), let kind = Kind(beginning: beginning) else { return nil }
    guard let json = try? JSON(parsing: line.dropFirst(token.count + 1), maximumDepth: 2),
      json["kind"]?.stringValue == kind.rawValue, let frame = try? Self(kind, WireFields(json), &following)
    else { return nil }
    self = frame
  }

  private init?(_ kind: Kind, _ fields: WireFields, _ following: inout Int) throws {
    switch kind {
    case .ready: self = .ready(python: try fields.string("python"))
    case .begun: self = .begun(run: try fields.integer("run"))
    case .output:
      guard let stream = OutputChunk.Stream(rawValue: try fields.integer("stream")) else { return nil }
      self = .output(OutputChunk(stream: stream, text: try fields.string("text")))
    case .image:
      self = .image(
        run: try fields.integer("run"), data: try fields.string("data"),
        drawing: try fields.optional("drawing", \.stringValue))
    case .done:
      self = .done(
        Done(
          run: try fields.integer("run"), result: try fields.string("result"),
          isOutputDropped: try fields.flag("dropped"),
          droppedImageCount: try fields.optional("imagesDropped", \.intValue) ?? 0,
          isSpent: try fields.flag("spent")))
    case .input:
      self = .input(
        run: try fields.integer("run"),
        InputQuestion(prompt: try fields.string("prompt"), isHidden: try fields.flag("hidden")))
    case .completions:
      self = .completions(request: try fields.integer("request"), values: try fields.strings("values"))
    case .checkpoint:
      following = try fields.integer("bytes")
      guard following >= 0 else { return nil }
      self = .checkpoint(request: try fields.integer("request"), content: [])
    case .file: self = .file(try FileRequest(fields, following: &following))
    case .unsavable:
      self = .unsavable(request: try fields.integer("request"), reason: try fields.string("reason"))
    case .dead: self = .dead(reason: try fields.string("reason"))
    }
  }

  enum Kind: String, CaseIterable {
    case ready, begun, output, image, done, input, completions, checkpoint, file, unsavable, dead

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
}

/// The fields of an object that comes over the wire. One that lacks a field, or has another type of it, is
/// not ours.
struct WireFields {
  struct Mismatch: Error {}

  private let members: JSONObject

  init(_ json: JSON) throws(Mismatch) {
    guard case .object(let members) = json else { throw Mismatch() }
    self.members = members
  }

  /// Gives a field of a type; nil when it is missing or null.
  func optional<Value>(_ name: String, _ read: (JSON) -> Value?) throws(Mismatch) -> Value? {
    guard let field = members[name], !field.isNull else { return nil }
    guard let value = read(field) else { throw Mismatch() }
    return value
  }

  func string(_ name: String) throws(Mismatch) -> String { try required(optional(name, \.stringValue)) }

  func integer(_ name: String) throws(Mismatch) -> Int { try required(optional(name, \.intValue)) }

  /// Gives a boolean; false when it is missing.
  func flag(_ name: String) throws(Mismatch) -> Bool { try optional(name, \.boolValue) ?? false }

  func strings(_ name: String) throws(Mismatch) -> [String] {
    try required(optional(name, \.arrayValue)).map { (element) throws(Mismatch) in
      try required(element.stringValue)
    }
  }

  private func required<Value>(_ value: Value?) throws(Mismatch) -> Value {
    guard let value else { throw Mismatch() }
    return value
  }
}

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

  /// A frame whose bytes are still coming.
  private struct Opened {
    let frame: Frame
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
      if let whole = gather(&piece) { frames.append(whole) }
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

  /// Takes the bytes that belong to a frame which is coming, and gives the frame once it is whole.
  private mutating func gather(_ piece: inout ArraySlice<UInt8>) -> Frame? {
    guard let missing = open.map({ $0.count - $0.content.count }) else { return nil }
    open?.content += piece.prefix(missing)
    piece = piece.dropFirst(missing)
    guard let whole = open, whole.content.count == whole.count else { return nil }
    open = nil
    switch whole.frame {
    case .checkpoint(let request, _): return .checkpoint(request: request, content: whole.content)
    case .file(var request):
      request.content = whole.content
      return .file(request)
    default: return whole.frame
    }
  }

  /// The frame of a line; nil for one whose bytes have still to come.
  private mutating func frame(of line: ArraySlice<UInt8>) throws(Violation) -> Frame? {
    try checkLength(of: line)
    var following = 0
    guard let frame = Frame(line: line, token: token, following: &following) else {
      throw Violation(reason: Violation.notOurs)
    }
    switch frame {
    case .checkpoint(let request, _):
      guard isAskedFor(request) else { throw Violation(reason: "it sent a checkpoint that nobody asked for") }
      if following > bounds.checkpoint { throw Violation(reason: "it sent a checkpoint that is too long") }
    case .file where following > 0: break
    default: return frame
    }
    open = Opened(frame: frame, count: following)
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
    case .file: 2 * FileRequest.longestPath * Self.escaped + Self.frame
    case .output: Self.output * Self.escaped + Self.frame
    case .image: Limits.imageCharacters + Limits.drawingCharacters * Self.escaped + Self.frame
    case .done: Limits.resultCharacters * Self.escapedResult + Self.frame
    case .input: Self.prompt * Self.escaped + Self.frame
    case .completions: Self.completed * Self.escaped + Self.completions * Self.separators + Self.frame
    case .unsavable, .dead: Self.reason * Self.escaped + Self.frame
    }
  }
}
