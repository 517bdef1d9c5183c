import MCP

extension Elicitation {
  /// What the server gets when the user typed this line; nil for a user who does not want to say anything. One field is
  /// all that a line can fill in.
  func answer(_ line: String?) -> Answer {
    guard let line, let field = requestedSchema["properties"]?.objectValue?.keys.first else {
      return .decline
    }
    return .accept([field: .string(line)])
  }
}
