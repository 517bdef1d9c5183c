/// A line source for tests: gives prepared results, then the end of input, and remembers what it was asked.
public actor ScriptedLines: LineSource {
  public struct Request: Sendable, Equatable {
    public var prompt: String
    public var initialText: String

    public init(prompt: String, initialText: String) {
      self.prompt = prompt
      self.initialText = initialText
    }
  }

  public private(set) var requests: [Request] = []
  private var results: ArraySlice<LineResult>

  public init(_ results: [LineResult]) {
    self.results = results[...]
  }

  public init(lines: [String]) {
    results = lines.map(LineResult.line)[...]
  }

  public func readLine(prompt: String, initialText: String) async throws -> LineResult {
    try Task.checkCancellation()
    requests.append(Request(prompt: prompt, initialText: initialText))
    return results.popFirst() ?? .endOfInput
  }
}
