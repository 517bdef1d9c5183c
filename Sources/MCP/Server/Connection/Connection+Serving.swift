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
      case .immediate(let body):
        let result = complete(try body(request, self), of: request)
        let revision = method == "initialize" ? session.revision : nil
        await reply(.result(id: id, result), to: recipient, agreeingOn: revision)
      case .lasting(let body):
        guard let ticket = inFlight.admit(id) else {
          throw .internalError("Too many requests are in work: \(configuration.maximumRequestsInFlight).")
        }
        let binding = ActiveRequest.Binding(request: request, ticket: ticket, recipient: recipient)
        do throws(RPCError) {
          guard try await !resume(binding) else { return }
        } catch {
          inFlight.remove(id)
          throw error
        }
        start(body, binding, running: &calls)
      }
    } catch {
      await reply(.error(id: id, error), to: recipient)
    }
  }

  /// Goes on with the call that asked for input, if the request brings it back (2026-07-28, `requestState`).
  ///
  /// - Returns: true when it did; false for a request that begins a call.
  private func resume(_ binding: ActiveRequest.Binding) async throws(RPCError) -> Bool {
    let request = binding.request
    guard request.revision.era == .modern, let member = request.params["requestState"] else { return false }
    guard let state = member.stringValue else {
      throw .invalidParams("\"requestState\" must be a string.")
    }
    let name = try await requestStates.open(state, method: request.method, params: request.params)
    let responses = request.params["inputResponses"] ?? [:]
    guard suspended.resume(name, with: responses, answering: binding) else {
      throw .invalidParams("\"requestState\" names no call that waits for input: it may have ended.")
    }
    return true
  }

  /// Starts work in a task of its own, which a cancellation can single out. A child task waits for it, so
  /// that no work outlives the connection.
  private func start(
    _ body: @escaping Method.Lasting, _ binding: ActiveRequest.Binding,
    running calls: inout DiscardingTaskGroup
  ) {
    let active = ActiveRequest(binding)
    let task = inOrder {
      let outcome = await self.outcome(of: body, active, binding.request)
      if let last = active.unbind() {
        await self.finish(last, with: self.message(outcome, answering: last.request))
      }
    }
    binding.ticket.attach(task)
    calls.addTask {
      await withTaskCancellationHandler {
        await task.value
      } onCancel: {
        task.cancel()
      }
    }
  }

  /// Starts work at once, so that calls reach their handler in the order of the wire.
  private func inOrder(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
    if #available(macOS 26.0, *) {
      Task.immediate(operation: work)
    } else {
      Task(operation: work)
    }
  }

  /// Sends the answer to a request, unless nobody wants it any more.
  func finish(_ binding: ActiveRequest.Binding, with answer: Message) async {
    inFlight.remove(binding.request.id)
    if binding.ticket.close() {
      await reply(answer, to: binding.recipient)
    } else {
      await drop(binding.request, to: binding.recipient)
    }
  }

  private func outcome(
    of body: Method.Lasting, _ active: ActiveRequest, _ request: Request
  ) async -> Result<JSONObject, RPCError> {
    let context = CallContext(
      requestID: request.id, revision: request.revision, clientCapabilities: request.clientCapabilities,
      connection: self, active: active)
    do {
      return .success(try await body(request, context))
    } catch let error as RPCError {
      return .failure(error)
    } catch is CancellationError {
      return .failure(.internalError("The request was cancelled: the server is shutting down."))
    } catch {
      return .failure(.internalError("The request failed: \(error)"))
    }
  }

  private func message(_ outcome: Result<JSONObject, RPCError>, answering request: Request) -> Message {
    switch outcome {
    case .success(let result): .result(id: request.id, complete(result, of: request))
    case .failure(let error): .error(id: request.id, error)
    }
  }
}
