extension Connection {
  /// Answers a request at once, or starts work on it.
  func serve(
    _ id: RequestID, _ method: String, _ params: JSONObject, replyingTo recipient: ReplyRecipient,
    running calls: inout DiscardingTaskGroup
  ) async {
    do throws(RPCError) {
      guard !inFlight.contains(id) else {
        throw .invalidRequest("The id \(id) belongs to a request that is still in work.")
      }
      let isModern = Request.isModern(method: method, params: params)
      let request =
        isModern
        ? try Request(modern: id, method: method, params: params)
        : try Request(legacy: id, method: method, params: params, session: session)
      guard let row = MethodTable.method(method, in: isModern ? .modern : .legacy) else {
        throw .methodNotFound(method)
      }
      switch row.body {
      case .prompt(let body):
        await reply(.result(id: id, complete(try body(request, self), of: request)), to: recipient)
      case .lasting(let body):
        guard let ticket = inFlight.admit(id) else {
          throw .internalError("Too many requests are in work: \(configuration.maximumRequestsInFlight).")
        }
        start(body, request, ticket, replyingTo: recipient, running: &calls)
      }
    } catch {
      await reply(.error(id: id, error), to: recipient)
    }
  }

  /// The work gets a task of its own, which a cancellation can single out, and a child task that waits for it, so that
  /// none outlives the connection.
  private func start(
    _ body: @escaping Method.Lasting, _ request: Request, _ ticket: RequestTicket,
    replyingTo recipient: ReplyRecipient, running calls: inout DiscardingTaskGroup
  ) {
    let task = Task {
      let answer = await answer(body, request, ticket)
      inFlight.remove(request.id)
      await reply(ticket.close() ? answer : nil, to: recipient)
    }
    ticket.attach(task)
    calls.addTask {
      await withTaskCancellationHandler {
        await task.value
      } onCancel: {
        task.cancel()
      }
    }
  }

  private func answer(
    _ body: Method.Lasting, _ request: Request, _ ticket: RequestTicket
  ) async -> Message {
    let context = CallContext(
      requestID: request.id, revision: request.revision, clientCapabilities: request.clientCapabilities,
      connection: self, ticket: ticket, threshold: request.threshold, progressToken: request.progressToken)
    do {
      return .result(id: request.id, complete(try await body(request, context), of: request))
    } catch let error as RPCError {
      return .error(id: request.id, error)
    } catch is CancellationError {
      return .error(id: request.id, .internalError("The request was cancelled: the server is shutting down."))
    } catch {
      return .error(id: request.id, .internalError("The request failed: \(error)"))
    }
  }
}
