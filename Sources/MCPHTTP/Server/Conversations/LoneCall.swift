internal import MCP

/// A call that stands alone, with the conversation that serves it. It takes several requests of the client when it
/// asks for input (2026-07-28).
final class LoneCall: Sendable {
  let id: Int
  let transport: HTTPServerTransport
  let serving: Task<Void, Never>
  /// True when it only listens: it goes on until one side ends it, and no work is waited for.
  let isListening: Bool

  init(
    id: Int, conversation: any Conversation, opening: Server.Opening?, states: LoneCallStates,
    isListening: Bool
  ) {
    self.id = id
    self.isListening = isListening
    let transport = HTTPServerTransport(hasOwnStream: false)
    self.transport = transport
    serving = Task {
      await conversation.serve(over: transport, opening: opening, requestStates: states)
      await transport.close()
    }
  }

  /// Stops the work on a request whose client is gone.
  func cancel(_ id: RequestID) {
    transport.put(.notification(method: "notifications/cancelled", params: ["requestId": id.json]))
    transport.finishIncoming()
  }
}

/// Seals the states of one call. It tells when a state is made, so that the client's next request can be led
/// back.
struct LoneCallStates: RequestStateCodec {
  let seal: RequestStateSeal
  let principal: String
  /// The call before the client is asked. It gets the name of the call that waits.
  let onWait: @Sendable (String) async -> Void

  func seal(_ name: String, method: String, params: JSONObject) async -> String {
    await onWait(name)
    return seal.seal(name, principal: principal, method: method, params: params, now: UnixTime.now)
  }

  func open(_ state: String, method: String, params: JSONObject) async throws(RPCError) -> String {
    try seal.open(state, principal: principal, method: method, params: params, now: UnixTime.now)
  }
}

/// The id of an MCP request. The name also exists in Hummingbird.
typealias RequestID = MCP.RequestID
