/// Where lines typed by a person come from.
public protocol LineSource: Sendable {
  /// Waits for a line.
  ///
  /// - Parameters:
  ///   - prompt: shown before it; may hold colour sequences.
  ///   - initialText: stands in the line from the beginning and can be edited, such as an indentation.
  /// - Throws: `CancellationError` when the task is cancelled; nothing typed so far is returned.
  func readLine(prompt: String, initialText: String) async throws -> LineResult
}

public enum LineResult: Sendable, Equatable {
  /// A line without its terminator. It holds newlines when a block of several lines was pasted or recalled.
  case line(String)
  /// The user pressed Ctrl-C.
  case interrupted
  /// The user pressed Ctrl-D on an empty line, or the terminal is gone.
  case endOfInput
}

extension LineSource {
  public func readLine(prompt: String) async throws -> LineResult {
    try await readLine(prompt: prompt, initialText: "")
  }
}
