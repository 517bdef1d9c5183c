/// A prompt that a server offers: a text with arguments, whose values the server may help to complete.
public struct Prompt: Sendable {
  public struct Argument: Sendable, Hashable {
    public var name: String
    public var description: String?
    public var isRequired: Bool

    public init(name: String, description: String? = nil, isRequired: Bool = false) {
      self.name = name
      self.description = description
      self.isRequired = isRequired
    }
  }

  /// Gives the text of a user's message with these arguments.
  public typealias Rendering = @Sendable (_ arguments: [String: String]) throws(RPCError) -> String
  /// Completes the value of an argument: gives whole values, the best first. `given` are the values of
  /// arguments that the client knows already (from 2025-06-18 on).
  public typealias Completing =
    @Sendable (
      _ argument: String, _ value: String, _ given: [String: String], _ context: CallContext
    ) async throws -> [String]

  /// The name to get it by.
  public var name: String
  /// A name for people; known from 2025-06-18.
  public var title: String?
  public var description: String?
  public var arguments: [Argument]
  public var render: Rendering
  /// Completes arguments; nil when none can be completed.
  public var complete: Completing?

  public init(
    name: String, title: String? = nil, description: String? = nil, arguments: [Argument] = [],
    render: @escaping Rendering, complete: Completing? = nil
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.arguments = arguments
    self.render = render
    self.complete = complete
  }

  /// The prompt as `prompts/list` shows it, without the members that the revision does not know.
  func json(for revision: Revision) -> JSON {
    var members: JSONObject = ["name": .string(name)]
    if revision >= .v2025_06_18, let title { members["title"] = .string(title) }
    if let description { members["description"] = .string(description) }
    members["arguments"] = .array(
      arguments.map { argument in
        var members: JSONObject = ["name": .string(argument.name)]
        if let description = argument.description { members["description"] = .string(description) }
        members["required"] = .bool(argument.isRequired)
        return .object(members)
      })
    return .object(members)
  }
}
