import SystemSupport

/// A row of the table: a method, the eras that know it, and its function.
struct Method: Sendable {
  /// - Throws: An error that is answered unchanged.
  typealias Immediate = @Sendable (Request, Connection) throws(RPCError) -> JSONObject
  typealias Lasting = @Sendable (Request, CallContext) async throws -> JSONObject

  enum Body: Sendable {
    /// The function runs at once and in the order of arrival, so that the next message meets its effect.
    case immediate(Immediate)
    /// The function runs beside others and can be cancelled.
    case lasting(Lasting)
  }

  let name: String
  let eras: Set<Era>
  let body: Body
}

/// All requests that the server answers.
enum MethodTable {
  static func method(_ name: String, in era: Era) -> Method? {
    rows.first { $0.name == name && $0.eras.contains(era) }
  }

  private static let rows = [
    Method(name: "initialize", eras: [.legacy], body: .immediate(initialize)),
    Method(name: "ping", eras: [.legacy], body: .immediate { _, _ in [:] }),
    Method(name: "logging/setLevel", eras: [.legacy], body: .immediate(setLogLevel)),
    Method(name: "server/discover", eras: [.modern], body: .immediate(discover)),
    Method(name: "subscriptions/listen", eras: [.modern], body: .lasting(listen)),
    Method(name: "tools/list", eras: [.legacy, .modern], body: .immediate(listTools)),
    Method(name: "tools/call", eras: [.legacy, .modern], body: .lasting(callTool)),
    Method(name: "prompts/list", eras: [.legacy, .modern], body: .immediate(listPrompts)),
    Method(name: "prompts/get", eras: [.legacy, .modern], body: .immediate(getPrompt)),
    Method(name: "completion/complete", eras: [.legacy, .modern], body: .lasting(complete)),
  ]
}

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
    case .bool?, .integer?, .number?, .digits?, .string?, .array?:
      throw RPCError.invalidParams("\"arguments\" must be an object.")
    }
    let call = ToolCall(name: name, arguments: arguments, meta: request.meta)
    let result = try await connection.handler.call(call, in: context)
    return result.json(for: request.revision).objectValue ?? [:]
  }
}

extension MethodTable {
  /// Keeps a channel open for notifications outside any request (2026-07-28, `subscriptions/listen`). Nothing
  /// here ever changes, and no capability says otherwise. So the acknowledgement names no subscription.
  @Sendable static func listen(_ request: Request, _ context: CallContext) async throws -> JSONObject {
    guard request.params["notifications"]?.objectValue != nil else {
      throw RPCError.invalidParams("\"notifications\" must be an object.")
    }
    let meta: JSON = [MetaKey.subscriptionID: request.id.json]
    await context.connection.send(
      .notification(
        method: "notifications/subscriptions/acknowledged", params: ["_meta": meta, "notifications": [:]]),
      as: context.role)
    await context.connection.shutdown.pass()
    return ["_meta": meta]
  }
}
