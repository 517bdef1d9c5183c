import MCPHTTP
import SystemSupport

/// A bearer token in the ways that people give it: the content of a file, or the value of a variable.
struct Token {
  /// The token without surrounding white space.
  let text: String
  /// The token in the form that a server compares with.
  let bearer: BearerToken

  /// - Throws: ``CommandFailure`` when the file cannot be read, or holds what a header cannot carry.
  init(file: String) throws {
    try self.init(String(decoding: try WholeFile.bytes(of: file), as: UTF8.self), from: file)
  }

  /// Gives nil when the variable is not set.
  ///
  /// - Throws: ``CommandFailure`` when the variable holds what a header cannot carry.
  init?(variable: String) throws {
    guard let text = ProcessInfo.processInfo.environment[variable] else { return nil }
    try self.init(text, from: variable)
  }

  private init(_ text: String, from source: String) throws {
    guard let bearer = BearerToken(text) else {
      throw CommandFailure(
        "The token in \(source) must be one line of visible ASCII characters, and not empty.")
    }
    self.text = text.trimmingWhitespace()
    self.bearer = bearer
  }
}
