import Synchronization
import SystemSupport

/// The server's end of one client's connection.
final class Connection: Sendable {
  let configuration: ServerConfiguration
  let handler: any ToolHandler
  let handshake: Handshake
  let inFlight: RequestsInFlight
  let requests = ServerRequests()
  let suspended = SuspendedCalls()
  /// The gate that opens when no more requests are read.
  let shutdown = Gate(isOpen: false)
  let transport: any Transport
  let requestStates: any RequestStateCodec

  init(
    configuration: ServerConfiguration, handler: any ToolHandler, transport: any Transport,
    handshake: Handshake = Handshake(), requestStates: any RequestStateCodec = PlainRequestStates()
  ) {
    self.configuration = configuration
    self.handler = handler
    self.transport = transport
    self.handshake = handshake
    self.requestStates = requestStates
    inFlight = RequestsInFlight(limit: configuration.maximumRequestsInFlight)
  }

  func run() async {
    await withDiscardingTaskGroup { calls in
      for await incoming in transport.incoming {
        await receive(incoming, running: &calls)
      }
      shutdown.open()
      requests.close()
      suspended.close()
      await drain()
      calls.cancelAll()
    }
    await transport.close()
  }

  /// Waits until all calls are done, their time is over, or no client is left to hear of them.
  private func drain() async {
    await withDiscardingTaskGroup { firstToEnd in
      let over = Gate(isOpen: false)
      for wait in [
        { await self.inFlight.idle.pass() },
        { try? await Task.sleep(for: self.configuration.drainPeriod) },
        { await self.transport.outputClosed() },
      ] as [@Sendable () async -> Void] {
        firstToEnd.addTask {
          await wait()
          over.open()
        }
      }
      await over.pass()
      firstToEnd.cancelAll()
    }
  }

  func send(_ message: Message, as role: MessageRole = .unrelated) async {
    await send(message.json(for: handshake.revision ?? .latest).encoded, as: role)
  }

  /// Sends a message. When nobody reads any more, it ends the conversation instead.
  func send(_ bytes: [UInt8], as role: MessageRole = .unrelated) async {
    do {
      try await transport.send(bytes, as: role)
    } catch {
      shutdown.open()
      inFlight.cancelAllTasks()
      await transport.close()
    }
  }
}

extension Connection {
  private func receive(_ incoming: Incoming, running calls: inout DiscardingTaskGroup) async {
    switch incoming {
    case .oversized(let byteCount):
      let limit = transport.maximumMessageBytes.map { " of \($0) bytes" } ?? ""
      let error = RPCError.invalidRequest("A message of \(byteCount) bytes is over the limit\(limit).")
      await send(.error(id: nil, error))
    case .decoded(let message): await receive(message, replyingTo: .client, running: &calls)
    case .message(let bytes):
      do {
        let json = try JSON(parsing: bytes)
        if case .array(let elements) = json {
          await receiveBatch(elements, running: &calls)
        } else {
          await receive(json, replyingTo: .client, running: &calls)
        }
      } catch {
        await send(.error(id: nil, .parseError("The message is not JSON: \(error)")))
      }
    }
  }

  /// Takes a batch. Batches exist in 2025-03-26 only (Base Protocol, Batching), after the answer to
  /// `initialize`.
  private func receiveBatch(_ elements: [JSON], running calls: inout DiscardingTaskGroup) async {
    guard handshake.revision == .v2025_03_26 else {
      let error = RPCError.invalidRequest("Batches of messages are not part of the protocol here.")
      return await send(.error(id: nil, error))
    }
    guard !elements.isEmpty else {
      return await send(.error(id: nil, .invalidRequest("A batch must not be empty.")))
    }
    let batch = BatchAnswer(expecting: elements.count)
    for element in elements {
      await receive(element, replyingTo: .batch(batch), running: &calls)
    }
  }

  private func receive(
    _ json: JSON, replyingTo recipient: ReplyRecipient, running calls: inout DiscardingTaskGroup
  ) async {
    let message: Message
    do {
      message = try Message(json)
    } catch {
      let isAnswered = !Message.looksLikeResponse(json)
      return await reply(isAnswered ? .error(id: Message.identifier(in: json), error) : nil, to: recipient)
    }
    await receive(message, replyingTo: recipient, running: &calls)
  }

  private func receive(
    _ message: Message, replyingTo recipient: ReplyRecipient, running calls: inout DiscardingTaskGroup
  ) async {
    switch message {
    case .request(let id, let method, let params):
      return await serve(id, method, params, replyingTo: recipient, running: &calls)
    case .notification(let method, let params):
      if method == "notifications/cancelled", let id = params["requestId"].flatMap(RequestID.init) {
        inFlight.cancel(id)
      }
    case .result(let id, let result): requests.give(.success(result), to: id)
    case .error(let id, let error):
      if let id { requests.give(.failure(error), to: id) }
    }
    await reply(nil, to: recipient)
  }
}

extension Connection {
  /// Answers a request at once, or starts work on it.
  private func serve(
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
        : try Request(legacy: id, method: method, params: params, handshake: handshake)
      guard let row = MethodTable.method(method, in: isModern ? .modern : .legacy) else {
        throw .methodNotFound(method)
      }
      switch row.body {
      case .immediate(let body):
        let result = complete(try body(request, self), of: request)
        let revision = method == "initialize" ? handshake.revision : nil
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
