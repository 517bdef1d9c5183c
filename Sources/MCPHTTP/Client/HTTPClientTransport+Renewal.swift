internal import HTTPTypes
internal import MCP
internal import NIOCore
internal import NIOHTTP1

/// The way to go on when the server has ended the session: the client must begin another one (2025-11-25, Session
/// Management).
extension HTTPClientTransport {
  /// The messages that a session begins with. They are sent again in another session.
  struct Opening: Sendable {
    var initialize: [UInt8]
    /// The last `logging/setLevel`; without it the new session would be silent.
    var logLevel: [UInt8]?
  }

  /// Notes a message that would have to be sent in a new session, too.
  func note(_ message: Message?, _ bytes: [UInt8]) {
    switch message {
    case .request(_, "initialize", _)?: opening = Opening(initialize: bytes)
    case .request(_, "logging/setLevel", _)?: opening?.logLevel = bytes
    case .request?, .notification?, .result?, .error?, nil: break
    }
  }

  /// Begins another session in place of the one called `lost`, once for all requests that met its end.
  ///
  /// - Returns: true when there is a session now.
  func renew(_ lost: String) async -> Bool {
    if let renewal { return await renewal.value }
    guard state.id == lost else { return state.id != nil }
    let task = Task { await begin() }
    renewal = task
    defer { renewal = nil }
    return await task.value
  }

  private func begin() async -> Bool {
    guard let opening else { return false }
    state.id = nil
    guard let answer = await exchange(opening.initialize),
      case .result(_, let result) = answer.message, let id = answer.session
    else { return false }
    state.id = id
    state.learn(from: result, of: "initialize")
    let initialized = Message.notification(method: "notifications/initialized", params: [:])
    _ = await exchange(initialized.json.encoded)
    if let level = opening.logLevel { _ = await exchange(level) }
    listenAgain()
    let news: JSONObject = [
      "level": "warning", "logger": "client",
      "data": "The server had ended the session; a new one was begun, and its variables are new.",
    ]
    await deliver(Message.notification(method: "notifications/message", params: news).json.encoded)
    return true
  }

  /// Sends a message whose answer the consumer does not get; nil when the server did not take it.
  private func exchange(_ bytes: [UInt8]) async -> (message: Message?, session: String?)? {
    let sent = (try? JSON(parsing: bytes)).flatMap { try? Message($0) }
    guard let response = try? await execute(.POST, headers(state.headers(for: sent)), body: bytes),
      (200..<300).contains(response.status.code), let body = try? await body(of: response)
    else { return nil }
    let session = response.headers.first(name: "Mcp-Session-Id")
    guard response.headers.first(name: "Content-Type")?.hasPrefix("text/event-stream") == true else {
      return ((try? JSON(parsing: body)).flatMap { try? Message($0) }, session)
    }
    var parser = SSEParser(maximumEventBytes: maximumMessageBytes ?? .max)
    let events = (try? parser.push(body)) ?? []
    let messages = events.compactMap { event in
      (try? JSON(parsing: Array(event.data.utf8))).flatMap { try? Message($0) }
    }
    return (messages.last, session)
  }
}
