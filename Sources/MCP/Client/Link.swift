import SystemSupport

/// Requests over a transport, matched to their answers; it knows no revision. The actor guards the listeners
/// to progress and the questions from the requests' tasks and the task that receives.
actor Link {
  /// The receivers of messages that answer no request.
  struct Listeners: Sendable {
    var onLog: @Sendable (LogMessage) -> Void
    var onNotification: @Sendable (String, JSONObject) -> Void
    /// Asks the user; nil when this client has no user to ask.
    var onElicit: Client.ElicitationHandler?
  }

  let transport: any Transport
  let listeners: Listeners
  nonisolated let replies = PendingReplies<Int, JSON>()
  /// The listeners to the progress of requests that have no answer yet.
  var onProgress: [Int: @Sendable (Progress) -> Void] = [:]
  /// The server's questions to the user that are not answered yet.
  var asking: [RequestID: Task<Void, Never>] = [:]
  private var nextID = 0
  /// The reason why no more answers will come.
  private var end: ClientError?
  private var reader: Task<Void, Never>?

  init(transport: any Transport, listeners: Listeners) {
    self.transport = transport
    self.listeners = listeners
  }

  func start() {
    reader = Task { await receiveAll() }
  }

  /// - Parameters:
  ///   - timeout: The time for the answer; nil waits as long as the task lives.
  ///   - isCancellable: True when the server may be told that nobody waits any more; that is false for the
  ///     handshake.
  func request(
    _ method: String, _ params: JSONObject, timeout: Duration?, isCancellable: Bool = true,
    onProgress: (@Sendable (Progress) -> Void)? = nil
  ) async throws -> JSON {
    if let end { throw end }
    if Task.isCancelled {
      // There is nothing to cancel, but the call that asked for input still waits for another request.
      if params["requestState"] != nil { await requestInVain(method, params) }
      throw CancellationError()
    }
    let id = nextID
    nextID += 1
    replies.expect(id)
    self.onProgress[id] = onProgress
    defer {
      replies.forget(id)
      self.onProgress[id] = nil
    }
    var params = params
    if onProgress != nil { params.setMeta(MetaKey.progressToken, .integer(id)) }
    try await send(.request(id: .integer(id), method: method, params: params))
    let overdue = timeout.map { timeout in
      PendingReplies<Int, JSON>.Overdue(
        after: timeout,
        reply: .failure(
          ClientError(.timedOut, "The server did not answer \"\(method)\" within \(timeout).")))
    }
    return try await replies.reply(
      to: id, overdue: overdue,
      onGivingUp: { reply in
        guard isCancellable, case .failure(let error) = reply else { return }
        Task { try? await self.notifyOfCancellation(id, error) }
      })
  }

  /// Sends a request and cancels it at once, even in a task that is cancelled.
  private func requestInVain(_ method: String, _ params: JSONObject) async {
    let id = nextID
    nextID += 1
    let sending = Task {
      try await send(.request(id: .integer(id), method: method, params: params))
      try await notifyOfCancellation(id, CancellationError())
    }
    try? await sending.value
  }

  func notify(_ method: String, _ params: JSONObject = [:]) async throws {
    try await send(.notification(method: method, params: params))
  }

  func close() async {
    finish(ClientError(.closed, "The client has closed the connection."))
    await transport.close()
    await reader?.value
  }

  func send(_ message: Message) async throws {
    do {
      try await transport.send(message.json.encoded)
    } catch TransportError.launchFailed(let sentence) {
      throw ClientError(.serverGone, sentence)
    } catch {
      throw await peerGone()
    }
  }

  func finish(_ error: ClientError) {
    if end == nil { end = error }
    replies.close(error)
    for task in asking.values { task.cancel() }
    asking = [:]
  }

  func peerGone() async -> ClientError {
    if let end { return end }
    let ending = await transport.endOfPeer() ?? "closed the connection"
    return end ?? ClientError(.serverGone, "The server \(ending).")
  }

  private func notifyOfCancellation(_ id: Int, _ error: any Error) async throws {
    let reason = error is CancellationError ? "The client does not wait any more." : "\(error)"
    try await notify("notifications/cancelled", ["requestId": .integer(id), "reason": .string(reason)])
  }
}

extension JSONObject {
  mutating func setMeta(_ key: String, _ value: JSON?) {
    var meta = self["_meta"]?.objectValue ?? [:]
    meta[key] = value
    self["_meta"] = .object(meta)
  }
}

extension Link {
  /// Takes messages one after the other. So listeners hear everything that precedes a result before the
  /// waiting request goes on.
  func receiveAll() async {
    for await incoming in transport.incoming {
      switch incoming {
      case .message(let bytes):
        // Servers print stray lines; a tap on the transport shows them.
        guard let json = try? JSON(parsing: bytes) else { continue }
        for json in json.arrayValue ?? [json] {
          if let message = try? Message(json) { await receive(message) }
        }
      case .decoded(let message): await receive(message)
      case .oversized(let byteCount):
        // Any of the waiting requests may have lost its answer.
        replies.failAll(
          ClientError(.invalidResponse, "The server sent a message of \(byteCount) bytes, too many."))
      }
    }
    finish(await peerGone())
  }

  private func receive(_ message: Message) async {
    switch message {
    case .result(.integer(let id), let result): replies.give(.success(result), to: id)
    case .error(.integer(let id), let error): replies.give(.failure(error), to: id)
    case .error(nil, let error):
      // The server could not read the id. When a single request waits, the error is for that one.
      let open = replies.openIDs
      if open.count == 1 { replies.give(.failure(error), to: open[0]) }
    case .result, .error: break
    case .notification(let method, let params): receive(method, params)
    case .request(let id, let method, let params): await answer(id, method, params)
    }
  }

  /// Answers a request of the server. A question to the user takes its time, so nothing here waits for it.
  private func answer(_ id: RequestID, _ method: String, _ params: JSONObject) async {
    if method == Elicitation.method, let onElicit = listeners.onElicit,
      let question = Elicitation(params: params)
    {
      asking[id] = Task {
        let answer = await onElicit(question)
        guard asking.removeValue(forKey: id) != nil else { return }
        try? await send(.result(id: id, answer.json))
      }
      return
    }
    try? await send(method == "ping" ? .result(id: id, [:]) : .error(id: id, .methodNotFound(method)))
  }

  private func receive(_ method: String, _ params: JSONObject) {
    if method == "notifications/cancelled", let id = params["requestId"].flatMap(RequestID.init),
      let task = asking.removeValue(forKey: id)
    {
      task.cancel()
    } else if method == LogMessage.method, let message = LogMessage(params: params) {
      listeners.onLog(message)
    } else if method == Progress.method, let id = params["progressToken"]?.intValue,
      let onProgress = onProgress[id], let progress = Progress(params: params)
    {
      onProgress(progress)
    } else {
      listeners.onNotification(method, params)
    }
  }
}
