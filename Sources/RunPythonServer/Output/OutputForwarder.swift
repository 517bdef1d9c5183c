internal import MCP
internal import Pictures
internal import PythonSandbox

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

  /// Sends an image after all earlier output.
  func forward(_ image: PNGFile) async {
    await forwardPartial()
    let content = image.content.json
    await context.log(
      .info, logger: "image",
      data: ["mimeType": content["mimeType"] ?? .null, "data": content["data"] ?? .null])
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
    let (level, logger): (LogLevel, String) =
      switch line.stream {
      case .stdout: (.info, "stdout")
      case .stderr: (.warning, "stderr")
      case .display: (.info, "display")
      }
    await context.log(
      level, logger: logger, data: .string(line.text),
      meta: line.isWhole ? nil : [RunPythonTool.partialKey: true])
  }
}
