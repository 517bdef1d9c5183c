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
