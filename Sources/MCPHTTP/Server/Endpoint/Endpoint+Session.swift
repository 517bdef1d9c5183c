internal import HTTPTypes
internal import HummingbirdCore
internal import MCP
internal import NIOCore

/// The requests of legacy clients with sessions (2024-11-05 to 2025-11-25).
extension Endpoint {
  func postInSession(_ body: PostedBody, _ request: Request, _ context: HTTPContext) async throws -> Response
  {
    // A client that begins anew may still send the name of a session that it lost.
    guard request.headers[.mcpSessionID] != nil, !body.isInitialize else {
      return try await open(body, request, context)
    }
    let session = try await session(of: request, id: body.id)
    let revision = await session.revision ?? .latestLegacy
    let messages = try body.messages(revision)
    await session.use()
    let ids = messages.compactMap(\.requestID)
    guard !ids.isEmpty else {
      for message in messages { session.transport.put(message) }
      return Response(status: .accepted)
    }
    if await conversations.isDraining { throw Refusal(.draining, id: ids[0]) }
    guard let stream = await session.transport.openStream(for: ids) else {
      throw Refusal(.invalidRequest("The id belongs to a request that is still in work."), id: ids[0])
    }
    for message in messages { session.transport.put(message) }
    let isLasting = messages.count > 1 || messages.contains { $0.isToolCall }
    return try await Answering(
      stream: stream, options: options, context: context, session: session,
      isPrimed: revision >= .v2025_11_25,
      ids: ids, onEnd: { _ in await session.use() }
    ).response(streamsAtOnce: isLasting)
  }

  /// Opens a session with `initialize`.
  private func open(_ body: PostedBody, _ request: Request, _ context: HTTPContext) async throws -> Response {
    let message = try body.message
    guard case .request(let id, "initialize", _) = message else {
      throw Refusal(
        .invalidRequest("The Mcp-Session-Id header is missing: a session begins with \"initialize\"."),
        id: body.id)
    }
    let session: HTTPSession
    do {
      session = try await conversations.openSession(proposal: proposal(in: request))
    } catch let error as RPCError {
      throw Refusal(error, id: id)
    }
    guard let stream = await session.transport.openStream(for: [id]) else {
      throw Refusal(.internalError("The session has ended."), id: id)
    }
    session.transport.put(message)
    let reader = await stream.attach()
    guard case .events(let events) = await stream.next(reader, within: .seconds(60)),
      let answer = events.last
    else { throw Refusal(.internalError("The session could not be opened."), id: id) }
    guard let revision = answer.answer?.revision else {
      await conversations.endSession(session.id, because: "initialize failed")
      return Response(json: answer.message, status: answer.answer?.error.map(\.legacyStatus) ?? .ok)
    }
    await session.agree(on: revision)
    var response = Response(json: answer.message)
    response.headers[.mcpSessionID] = session.id
    return response
  }

  /// Answers a GET with the messages that belong to no request, or with the rest of a lost stream.
  func get(_ request: Request, _ context: HTTPContext) async throws -> Response {
    guard MediaRanges(request.headers[values: .accept].joined(separator: ",")).allow("text", "event-stream")
    else {
      throw Refusal(.notAcceptable, .invalidRequest("The Accept header must list text/event-stream."))
    }
    let session = try await session(of: request)
    let last = try request.headers[.lastEventID].map { text throws(Refusal) in
      guard let id = EventID(text) else {
        throw Refusal(.invalidRequest("The Last-Event-ID is not one that this server gave."))
      }
      return id
    }
    guard let stream = await session.transport.stream(last?.stream ?? 0) else {
      throw Refusal(.invalidRequest("The stream of this Last-Event-ID cannot be resumed any more."))
    }
    await session.use()
    let isPrimed = await session.revision ?? .latestLegacy >= .v2025_11_25
    return try await Answering(
      stream: stream, options: options, context: context, session: session, isPrimed: isPrimed && last == nil,
      ids: [],
      onEnd: { _ in }
    ).response(streamsAtOnce: true, after: last?.number)
  }

  func delete(_ request: Request) async throws -> Response {
    let session = try await session(of: request)
    await conversations.endSession(session.id, because: "its client ended it")
    return Response(status: .noContent)
  }

  private func session(of request: Request, id: RequestID? = nil) async throws -> HTTPSession {
    guard let name = request.headers[.mcpSessionID] else {
      throw Refusal(.invalidRequest("The Mcp-Session-Id header is missing."), id: id)
    }
    guard let session = await conversations.session(name) else {
      throw Refusal(
        .notFound,
        .invalidRequest("There is no such session: it may have ended. Begin a new one with \"initialize\"."),
        id: id)
    }
    _ = try version(of: request)
    return session
  }
}

extension RPCError {
  static let draining = overloaded("The server is shutting down.", retryAfter: 5)
}

extension Message {
  var requestID: RequestID? {
    guard case .request(let id, _, _) = self else { return nil }
    return id
  }

  var isToolCall: Bool {
    guard case .request(_, "tools/call", _) = self else { return false }
    return true
  }
}

extension Response {
  init(json: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
    var headers = headers
    headers[.contentType] = "application/json"
    self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
  }
}
