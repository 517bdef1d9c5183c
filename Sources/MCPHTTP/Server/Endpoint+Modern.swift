internal import HTTPTypes
internal import HummingbirdCore
internal import MCP

/// Requests that stand alone: all of 2026-07-28, and those of legacy clients of a stateless server.
extension Endpoint {
  func postModern(_ json: JSON, _ request: Request, _ context: HTTPContext) async throws -> Response {
    guard case .request(let id, let method, let params) = try message(json) else {
      return try acknowledge(json)
    }
    do {
      // What the body lacks is worth more to tell than that a header disagrees with it.
      guard params["_meta"]?[MetaKey.protocolVersion] != nil else {
        throw RPCError.invalidParams("\"_meta\" must have a string \"\(MetaKey.protocolVersion)\".")
      }
      try HeaderAgreement(headers: request.headers, mirrored: mirrored).check(method: method, params: params)
      let principal = request.headers[.authorization] ?? ""
      let exchange: Exchange
      if let state = params["requestState"]?.stringValue {
        exchange = try await conversations.exchange(
          waitingFor: state, principal: principal, method: method, params: params)
      } else {
        exchange = try await conversations.openExchange(
          opening: nil, proposal: proposal(in: request), principal: principal,
          isListening: method == "subscriptions/listen")
      }
      return try await answer([id], [json], in: exchange, context, isModern: true)
    } catch let error as RPCError {
      throw Refusal(error, id: id)
    }
  }

  /// Only notifications are left, and this revision has none for HTTP: they are taken and do nothing.
  private func acknowledge(_ json: JSON) throws(Refusal) -> Response {
    guard case .notification = try message(json) else {
      throw Refusal(.invalidRequest("The body must be one request or notification."), id: nil)
    }
    return Response(status: .accepted)
  }

  /// A legacy client's messages without a session.
  func postAlone(
    _ json: JSON, _ revision: Revision, _ request: Request, _ context: HTTPContext
  ) async throws -> Response {
    let messages = try messages(in: json, revision)
    let ids = messages.compactMap(\.requestID)
    guard !ids.isEmpty else { return Response(status: .accepted) }
    do {
      // What a client logs cannot be remembered from one request to the next, so all gets what most want.
      let isHandshake = messages.count == 1 && json["method"] == "initialize"
      let opening = isHandshake ? nil : Server.Opening(revision: revision, logThreshold: .info)
      let exchange = try await conversations.openExchange(
        opening: opening, proposal: proposal(in: request), principal: "")
      return try await answer(ids, messages.map(\.json), in: exchange, context)
    } catch let error as RPCError {
      throw Refusal(error, id: ids[0])
    }
  }

  private func answer(
    _ ids: [RequestID], _ messages: [JSON], in exchange: Exchange, _ context: HTTPContext,
    isModern: Bool = false
  ) async throws -> Response {
    guard let stream = await exchange.transport.openStream(for: ids) else {
      await conversations.requestEnded(in: exchange)
      throw RPCError.invalidRequest("The ids of requests must differ.")
    }
    for message in messages { exchange.transport.put(message) }
    return try await Answering(
      stream: stream, options: options, context: context, session: nil,
      tellsErrorsByStatus: isModern, isPrimed: false, ids: ids,
      onEnd: { [conversations] isComplete in
        if !isComplete { ids.forEach(exchange.cancel) }
        await conversations.requestEnded(in: exchange)
      }
    ).response(streamsAtOnce: messages.count > 1)
  }

  /// What something in front of the server proposes as the name of a session that the request may begin.
  func proposal(in request: Request) -> String? {
    options.sessionIDHeader.flatMap { HTTPField.Name($0) }.flatMap { request.headers[$0] }
  }
}
