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
  func idle(for timeout: Duration) async {
    while !Task.isCancelled {
      let left = timeout - (ContinuousClock.now - lastUse)
      if left <= .zero, await transport.isIdle { return }
      try? await Task.sleep(for: max(left, .seconds(1)))
    }
  }
}

/// The rules for the ids of sessions (Transports, Session Management).
enum SessionID {
  /// True for an id that nobody can guess, since it is long enough, and whose characters need no escaping.
  static func isAcceptable(_ text: String) -> Bool {
    (32...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
