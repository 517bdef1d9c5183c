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
      case .oversized(let byteCount):
        // Any of the waiting requests may have lost its answer.
        settleAll(ClientError(.invalidResponse, "The server sent a message of \(byteCount) bytes, too many."))
      }
    }
    finish(await peerGone())
  }

  private func receive(_ message: Message) async {
    switch message {
    case .result(.integer(let id), let result): settle(id, .success(result))
    case .error(.integer(let id), let error): settle(id, .failure(error))
    case .error(nil, let error):
      // The server could not read the id. When a single request waits, the error is for that one.
      if pending.count == 1, let id = pending.keys.first { settle(id, .failure(error)) }
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
      let onProgress = pending[id]?.onProgress, let progress = Progress(params: params)
    {
      onProgress(progress)
    } else {
      listeners.onNotification(method, params)
    }
  }
}
