internal import MCP

/// A legacy client's session: one conversation over many requests.
actor HTTPSession {
  nonisolated let id: String
  nonisolated let transport: HTTPServerTransport
  nonisolated let serving: Task<Void, Never>
  /// What `initialize` agreed on; nil before.
  private(set) var revision: Revision?
  private var lastUse = ContinuousClock.now

  init(id: String, conversation: any Conversation) {
    self.id = id
    let transport = HTTPServerTransport(hasOwnStream: true)
    self.transport = transport
    serving = Task {
      await conversation.serve(over: transport, opening: nil, requestStates: PlainRequestStates())
      await transport.close()
    }
  }

  func agree(on revision: Revision) { self.revision = revision }

  /// Notes that the client asks for something, or got it.
  func use() { lastUse = .now }

  /// Returns when the session has not been used for this long, or has ended.
  func idle(for timeout: Duration) async {
    while !Task.isCancelled {
      let left = timeout - (ContinuousClock.now - lastUse)
      if left <= .zero, await transport.isIdle { return }
      try? await Task.sleep(for: max(left, .seconds(1)))
    }
  }
}
