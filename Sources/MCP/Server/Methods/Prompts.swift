extension MethodTable {
  /// Lists all prompts on one page, so no cursor is ever valid.
  @Sendable static func listPrompts(
    _ request: Request, _ connection: Connection
  ) throws(RPCError) -> JSONObject {
    if let cursor = request.params["cursor"], !cursor.isNull { throw .invalidParams("Invalid cursor") }
    let configuration = connection.configuration
    var result: JSONObject = ["prompts": .array(configuration.prompts.map { $0.json(for: request.revision) })]
    if request.revision.era == .modern { result.markCacheable(for: configuration.timeToLive) }
    return result
  }

  @Sendable static func getPrompt(_ request: Request, _ connection: Connection) throws(RPCError) -> JSONObject
  {
    let prompt = try prompt(named: request.params["name"], connection)
    let given = request.params["arguments"]?.objectValue ?? [:]
    var arguments: [String: String] = [:]
    for (name, value) in given {
      guard let text = value.stringValue else {
        throw .invalidParams("The argument \"\(name)\" must be a string.")
      }
      arguments[name] = text
    }
    for argument in prompt.arguments where argument.isRequired && arguments[argument.name] == nil {
      throw .invalidParams("The argument \"\(argument.name)\" of the prompt \"\(prompt.name)\" is missing.")
    }
    let text = try prompt.render(arguments)
    var result: JSONObject = [:]
    if let description = prompt.description { result["description"] = .string(description) }
    result["messages"] = [["role": "user", "content": ["type": "text", "text": .string(text)]]]
    return result
  }

  /// Completes the value of a prompt's argument (Completion, all revisions): at most 100 values.
  @Sendable static func complete(_ request: Request, _ context: CallContext) async throws -> JSONObject {
    guard let ref = request.params["ref"], let argument = request.params["argument"],
      let name = argument["name"]?.stringValue, let value = argument["value"]?.stringValue
    else {
      throw RPCError.invalidParams("\"ref\" and \"argument\" with \"name\" and \"value\" are required.")
    }
    guard ref["type"] == "ref/prompt" else {
      throw RPCError.invalidParams("Only arguments of prompts can be completed.")
    }
    let prompt = try prompt(named: ref["name"], context.connection)
    guard prompt.arguments.contains(where: { $0.name == name }) else {
      throw RPCError.invalidParams("The prompt \"\(prompt.name)\" has no argument \"\(name)\".")
    }
    let given = request.params["context"]?["arguments"]?.objectValue?.compactMapValues(\.stringValue) ?? [:]
    let values =
      try await prompt.complete?(
        name, value, Dictionary(given.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }), context) ?? []
    return [
      "completion": [
        "values": .array(values.prefix(100).map(JSON.string)), "total": .integer(values.count),
        "hasMore": .bool(values.count > 100),
      ]
    ]
  }

  private static func prompt(named name: JSON?, _ connection: Connection) throws(RPCError) -> Prompt {
    guard let name = name?.stringValue else {
      throw .invalidParams("The prompt's \"name\" must be a string.")
    }
    guard let prompt = connection.configuration.prompts.first(where: { $0.name == name }) else {
      throw .invalidParams("Unknown prompt: \(name)")
    }
    return prompt
  }
}
