internal import Logging
public import MCP
internal import Metrics
internal import SystemSupport

/// All conversations of a server, from their beginning to their end.
///
/// The actor guards the lists of sessions and lone calls from the requests, the timers and the shutdown.
actor Conversations {
  private let options: HTTPServerOptions
  private let make: ConversationMaker
  private let logger: Logger
  private let seal: RequestStateSeal
  private var sessions: [String: HTTPSession] = [:]
  private var loneCalls: [Int: LoneCall] = [:]
  private var lastLoneCall = 0
  /// The numbers of lone calls whose client was asked for input, by the name of the call.
  private var waiting: [String: Int] = [:]
  private(set) var isDraining = false
  private let openSessions = Gauge(label: "mcp_sessions")
  private let openedSessions = Counter(label: "mcp_sessions_total")

  init(options: HTTPServerOptions, make: @escaping ConversationMaker, logger: Logger) {
    self.options = options
    self.make = make
    self.logger = logger
    seal = RequestStateSeal(lifetime: options.inputTimeout ?? Self.longestLifetime)
    openSessions.record(0)
  }

  // MARK: Sessions

  /// Opens a session, which ends by itself when it has been idle for too long.
  ///
  /// - Parameter proposal: The id that a program in front of the server proposes.
  /// - Throws: ``RPCError/overloaded(_:retryAfter:)`` when there is no room, and `invalidRequest` for an unfit
  ///   proposal.
  func openSession(proposal: String?) async throws -> HTTPSession {
    try checkOpen()
    let id = try proposal.map(accept) ?? UnguessableName.new()
    let conversation = try await make(.session)
    guard sessions[id] == nil else { throw RPCError.invalidRequest("The proposed session id is in use.") }
    let session = HTTPSession(id: id, conversation: conversation)
    sessions[id] = session
    openedSessions.increment()
    openSessions.record(sessions.count)
    logger.info("session opened", metadata: ["session": "\(id.prefix(8))", "sessions": "\(sessions.count)"])
    Task { await expire(session) }
    return session
  }

  func session(_ id: String) -> HTTPSession? { sessions[id] }

  /// Ends a session, and stops the calls that run in it.
  ///
  /// - Returns: true when there was such a session.
  @discardableResult
  func endSession(_ id: String, because reason: String) async -> Bool {
    guard let session = sessions.removeValue(forKey: id) else { return false }
    openSessions.record(sessions.count)
    logger.info(
      "session ended",
      metadata: ["session": "\(id.prefix(8))", "reason": "\(reason)", "sessions": "\(sessions.count)"])
    await session.transport.close()
    await session.serving.value
    return true
  }

  private func expire(_ session: HTTPSession) async {
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        await session.idle(for: self.options.sessionTimeout)
        return !Task.isCancelled
      }
      group.addTask {
        await session.serving.value
        return false
      }
      let isIdle = await group.next() == true
      group.cancelAll()
      await self.endSession(session.id, because: isIdle ? "idle for too long" : "its conversation ended")
    }
  }

  private func accept(_ proposal: String) throws -> String {
    guard SessionID.isAcceptable(proposal) else {
      throw RPCError.invalidRequest("The proposed session id must be 32 to 128 letters, digits, - and _.")
    }
    return proposal
  }

  // MARK: Single requests

  /// Begins a conversation for one request.
  ///
  /// - Parameters:
  ///   - principal: The caller. Only the same caller may bring an answer to a question.
  ///   - isListening: True when the request asks for notifications until one side ends it.
  /// - Throws: ``RPCError/overloaded(_:retryAfter:)`` when there is no room.
  func openLoneCall(
    opening: Server.Opening?, proposal: String?, principal: String, isListening: Bool = false
  ) async throws -> LoneCall {
    try checkOpen()
    let conversation = try await make(.request(handle: try proposal.map(accept)))
    lastLoneCall += 1
    let id = lastLoneCall
    let states = LoneCallStates(seal: seal, principal: principal) { [weak self] name in
      await self?.loneCall(id, waitsAs: name)
    }
    let call = LoneCall(
      id: id, conversation: conversation, opening: opening, states: states, isListening: isListening)
    loneCalls[id] = call
    Task {
      await call.serving.value
      self.forget(id)
    }
    return call
  }

  /// The lone call that a request goes on with, found by the state that its client brought back.
  ///
  /// - Throws: `invalidParams` for a state that is not right. ``RequestStateSeal`` lists the reasons.
  func loneCall(
    waitingFor state: String, principal: String, method: String, params: JSONObject
  ) throws -> LoneCall {
    try checkOpen()
    let name = try seal.open(state, principal: principal, method: method, params: params, now: UnixTime.now)
    guard let id = waiting.removeValue(forKey: name), let call = loneCalls[id] else {
      throw RPCError.invalidParams("\"requestState\" names no call that waits for input: it may have ended.")
    }
    return call
  }

  /// Ends a lone call whose request is answered, unless it waits for its client to come back.
  func requestEnded(in call: LoneCall) {
    if !waiting.values.contains(call.id) { call.transport.finishIncoming() }
  }

  /// A year, since a server does not run longer.
  private static let longestLifetime = Duration.seconds(365 * 86_400)

  private func loneCall(_ id: Int, waitsAs name: String) {
    waiting[name] = id
    guard let time = options.inputTimeout else { return }
    Task {
      try await Task.sleep(for: time)
      // The answer comes too late from now on, so the code goes on without it.
      if waiting.removeValue(forKey: name) != nil { loneCalls[id]?.transport.finishIncoming() }
    }
  }

  private func forget(_ id: Int) {
    loneCalls[id] = nil
    waiting = waiting.filter { $0.value != id }
  }

  private func checkOpen() throws {
    guard !isDraining else { throw RPCError.overloaded("The server is shutting down.", retryAfter: 5) }
  }

  // MARK: The end

  /// Refuses new conversations, waits for running calls, and then ends all conversations.
  ///
  /// - Parameter time: The time that running calls have to end.
  func drain(within time: Duration) async {
    isDraining = true
    for call in loneCalls.values where call.isListening { call.transport.finishIncoming() }
    let transports = sessions.values.map(\.transport) + loneCalls.values.map(\.transport)
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await withTaskGroup(of: Void.self) { waits in
          for transport in transports { waits.addTask { await transport.idle() } }
        }
      }
      group.addTask { try? await Task.sleep(for: time) }
      await group.next()
      group.cancelAll()
    }
    await withTaskGroup(of: Void.self) { group in
      for id in sessions.keys {
        group.addTask { await self.endSession(id, because: "the server is shutting down") }
      }
      for call in loneCalls.values {
        group.addTask {
          await call.transport.close()
          await call.serving.value
        }
      }
    }
  }
}

/// The kinds of conversations.
public enum ConversationKind: Sendable, Hashable {
  /// A session from `initialize` to its end (2025-11-25 and before).
  case session
  /// One request, with nothing before or after it. A program in front of the server may propose `handle`: it is the
  /// name of state that the request may begin.
  case request(handle: String?)
}

/// Makes a new conversation.
///
/// - Throws: ``RPCError/overloaded(_:retryAfter:)`` when there is no room for one.
public typealias ConversationMaker = @Sendable (ConversationKind) async throws -> any Conversation
