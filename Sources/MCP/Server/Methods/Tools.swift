extension MethodTable {
  /// Lists all tools on one page, so no cursor is ever valid.
  @Sendable static func listTools(
    _ request: Request, _ connection: Connection
  ) throws(RPCError) -> JSONObject {
    if let cursor = request.params["cursor"], !cursor.isNull { throw .invalidParams("Invalid cursor") }
    let configuration = connection.configuration
    var result: JSONObject = ["tools": .array(configuration.tools.map { $0.json(for: request.revision) })]
    if request.revision.era == .modern { result.markCacheable(for: configuration.timeToLive) }
    return result
  }

  @Sendable static func callTool(_ request: Request, _ context: CallContext) async throws -> JSONObject {
    guard let name = request.params["name"]?.stringValue else {
      throw RPCError.invalidParams("\"name\" must be a string.")
    }
    let connection = context.connection
    guard connection.configuration.tools.contains(where: { $0.name == name }) else {
      throw RPCError.invalidParams("Unknown tool: \(name)")
    }
    let arguments: JSONObject
    switch request.params["arguments"] {
    case nil, .null?: arguments = [:]
    case .object(let object)?: arguments = object
    default: throw RPCError.invalidParams("\"arguments\" must be an object.")
    }
    let call = ToolCall(name: name, arguments: arguments, meta: request.meta)
    let result = try await connection.handler.call(call, in: context)
    return result.json(for: request.revision).objectValue ?? [:]
  }
}
