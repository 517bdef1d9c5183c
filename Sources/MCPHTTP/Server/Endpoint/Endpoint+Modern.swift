internal import HTTPTypes
internal import HummingbirdCore
internal import MCP

/// The requests that stand alone: all of 2026-07-28, and those of legacy clients of a stateless server.
extension Endpoint {
  func postModern(_ body: PostedBody, _ request: Request, _ context: HTTPContext) async throws -> Response {
    let message = try body.message
    guard case .request(let id, let method, let params) = message else { return try acknowledge(message) }
    do {
      // A gap in the body tells a client more than a header that disagrees, so it is told first.
      guard params["_meta"]?[MetaKey.protocolVersion] != nil else {
        throw RPCError.invalidParams("\"_meta\" must have a string \"\(MetaKey.protocolVersion)\".")
      }
      try HeaderAgreement(headers: request.headers, mirrored: mirrored).check(method: method, params: params)
      let principal = request.headers[.authorization] ?? ""
      let call: LoneCall
      if let state = params["requestState"]?.stringValue {
        call = try await conversations.loneCall(
          waitingFor: state, principal: principal, method: method, params: params)
      } else {
        call = try await conversations.openLoneCall(
          opening: nil, proposal: proposal(in: request), principal: principal,
          isListening: method == "subscriptions/listen")
      }
      return try await answer([id], [message], in: call, context, isModern: true)
    } catch let error as RPCError {
      throw Refusal(error, id: id)
    }
  }

  /// Accepts a notification without effect, since this revision has none for HTTP. Any other message is refused.
  private func acknowledge(_ message: Message) throws(Refusal) -> Response {
    guard case .notification = message else {
      throw Refusal(.invalidRequest("The body must be one request or notification."), id: nil)
    }
    return Response(status: .accepted)
  }

  /// Answers a legacy client's messages that belong to no session.
  func postAlone(
    _ body: PostedBody, _ revision: Revision, _ request: Request, _ context: HTTPContext
  ) async throws -> Response {
    let messages = try body.messages(revision)
    let ids = messages.compactMap(\.requestID)
    guard !ids.isEmpty else { return Response(status: .accepted) }
    do {
      // No session remembers a client's `logging/setLevel`, so each request gets the level that most clients want.
      let opening = body.isInitialize ? nil : Server.Opening(revision: revision, logThreshold: .info)
      let call = try await conversations.openLoneCall(
        opening: opening, proposal: proposal(in: request), principal: "")
      return try await answer(ids, messages, in: call, context)
    } catch let error as RPCError {
      throw Refusal(error, id: ids[0])
    }
  }

  private func answer(
    _ ids: [RequestID], _ messages: [Message], in call: LoneCall, _ context: HTTPContext,
    isModern: Bool = false
  ) async throws -> Response {
    guard let stream = await call.transport.openStream(for: ids) else {
      await conversations.requestEnded(in: call)
      throw RPCError.invalidRequest("The ids of requests must differ.")
    }
    for message in messages { call.transport.put(message) }
    return try await Answering(
      stream: stream, options: options, context: context, session: nil,
      tellsErrorsByStatus: isModern, isPrimed: false, ids: ids,
      onEnd: { [conversations] isComplete in
        if !isComplete { ids.forEach(call.cancel) }
        await conversations.requestEnded(in: call)
      }
    ).response(streamsAtOnce: messages.count > 1)
  }

  /// The name that a program in front of the server proposes for a session that the request may begin; nil without
  /// one.
  func proposal(in request: Request) -> String? {
    options.sessionIDHeader.flatMap { HTTPField.Name($0) }.flatMap { request.headers[$0] }
  }
}
