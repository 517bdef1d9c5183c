internal import MCP
internal import Pictures
internal import PythonSandbox
internal import RunPythonTool

/// Sends the code's output to the client as log messages while it runs, and gathers it for the result.
///
/// A line is one message, as the original sends it. The beginning of a line that does not end within
/// `partialDelay` is sent too, marked in `_meta`. The actor guards the unfinished lines from the run's output
/// and the clock.
actor OutputForwarder {
  private static let partialDelay = Duration.milliseconds(100)

  private let context: CallContext
  private var assembled = OutputLines()
  private var waiting: Task<Void, Never>?

  init(context: CallContext) {
    self.context = context
  }

  func forward(_ chunk: OutputChunk) async {
    let lines = assembled.push(chunk)
    if waiting == nil, !chunk.text.hasSuffix("\n") {
      waiting = Task {
        try? await Task.sleep(for: Self.partialDelay)
        await self.forwardPartial()
      }
    }
    for line in lines { await send(line) }
  }

  /// Sends an image after all earlier output, and its drawing for cells if there is one.
  func forward(_ image: PNGFile, _ drawing: String?) async {
    await forwardPartial()
    let content = image.content.json
    var data: JSONObject = ["mimeType": content["mimeType"] ?? .null, "data": content["data"] ?? .null]
    data[ToolKey.drawing] = drawing.map(JSON.string)
    await context.log(.info, logger: ToolLogger.image.rawValue, data: .object(data))
  }

  /// Sends the rest, and gives all lines of the run.
  func finish() async -> [String] {
    waiting?.cancel()
    for line in assembled.finish() { await send(line) }
    return assembled.lines
  }

  private func forwardPartial() async {
    waiting = nil
    guard !Task.isCancelled else { return }
    for line in assembled.tellPartial() { await send(line) }
  }

  private func send(_ line: OutputLines.Line) async {
    let (level, logger): (LogLevel, ToolLogger) =
      switch line.stream {
      case .stdout: (.info, .stdout)
      case .stderr: (.warning, .stderr)
      case .display: (.info, .display)
      }
    await context.log(
      level, logger: logger.rawValue, data: .string(line.text),
      meta: line.isWhole ? nil : [ToolKey.partial: true])
  }
}

/// Puts the code's output back into lines, stdout and stderr apart. The type is pure.
struct OutputLines {
  struct Line: Equatable {
    let stream: OutputChunk.Stream
    let text: String
    /// False for the beginning of a line that is not ended yet.
    var isWhole = true
  }

  /// All lines so far, in the order in which they ended: the form of the tool's result.
  private(set) var lines: [String] = []
  /// The unfinished line of each stream, and the end of the part that was told already.
  private var open: [OutputChunk.Stream: (text: String, told: String.Index)] = [:]

  /// Adds a chunk. It gives the ended lines without the parts that were told before, and the beginnings that
  /// must not wait.
  mutating func push(_ chunk: OutputChunk) -> [Line] {
    // Output before a displayed value must also be shown before it, even within a line.
    var ended = chunk.stream == .display ? tellPartial() : []
    var pieces = chunk.text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    let rest = pieces.popLast() ?? ""
    for piece in pieces {
      ended.append(end(chunk.stream, with: piece))
    }
    if !rest.isEmpty { add(rest, to: chunk.stream) }
    return ended
  }

  /// Gives the parts of unfinished lines that were not told before.
  mutating func tellPartial() -> [Line] {
    OutputChunk.Stream.allCases.compactMap { stream in
      guard let (text, told) = open[stream], told < text.endIndex else { return nil }
      open[stream]?.told = text.endIndex
      return Line(stream: stream, text: String(text[told...]), isWhole: false)
    }
  }

  /// Ends the lines that the code left open.
  mutating func finish() -> [Line] {
    OutputChunk.Stream.allCases.compactMap { stream in
      guard open[stream] != nil else { return nil }
      var line = end(stream, with: "")
      line.isWhole = false
      return line
    }
  }

  private mutating func add(_ text: Substring, to stream: OutputChunk.Stream) {
    guard let (old, told) = open[stream] else {
      let text = String(text)
      open[stream] = (text, text.startIndex)
      return
    }
    // Indices are offsets in UTF-8, which an appended text does not move.
    let offset = old.utf8.distance(from: old.startIndex, to: told)
    let joined = old + text
    open[stream] = (joined, joined.utf8.index(joined.startIndex, offsetBy: offset))
  }

  private mutating func end(_ stream: OutputChunk.Stream, with piece: Substring) -> Line {
    guard open[stream] != nil else {
      lines.append(String(piece))
      return Line(stream: stream, text: String(piece))
    }
    add(piece, to: stream)
    let (text, told) = open.removeValue(forKey: stream) ?? ("", "".startIndex)
    lines.append(text)
    return Line(stream: stream, text: String(text[told...]))
  }
}
