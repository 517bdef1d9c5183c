internal import MCP

/// A legacy client's session: one conversation over many requests.
///
/// The actor guards the revision and the last use from the requests and the timer that ends idle sessions.
actor HTTPSession {
  nonisolated let id: String
  nonisolated let transport: HTTPServerTransport
  nonisolated let serving: Task<Void, Never>
  /// The revision that `initialize` agreed on; nil before.
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

  /// Notes that the client sent a request or got its answer.
  func use() { lastUse = .now }

  /// Returns when the session has been idle for this time, or when the task is cancelled.
  /// cancelled.
  func idle(for timeout: Duration) async {
    while !Task.isCancelled {
      let left = timeout - (ContinuousClock.now - lastUse)
      if left <= .zero, await transport.isIdle { return }
      try? await Task.sleep(for: max(left, .seconds(1)))
    }
  }
}
