extension Connection {
  func receive(_ incoming: Incoming, running calls: inout DiscardingTaskGroup) async {
    switch incoming {
    case .oversized(let byteCount):
      let limit = transport.maximumMessageBytes.map { " of \($0) bytes" } ?? ""
      let error = RPCError.invalidRequest("A message of \(byteCount) bytes is over the limit\(limit).")
      await send(.error(id: nil, error))
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
    guard session.revision == .v2025_03_26 else {
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
    do {
      switch try Message(json) {
      case .request(let id, let method, let params):
        await serve(id, method, params, replyingTo: recipient, running: &calls)
      case .notification(let method, let params):
        if method == "notifications/cancelled", let id = params["requestId"].flatMap(RequestID.init) {
          inFlight.cancel(id)
        }
        await reply(nil, to: recipient)
      case .result(let id, let result):
        requests.settle(id, .success(result))
        await reply(nil, to: recipient)
      case .error(let id, let error):
        if let id { requests.settle(id, .failure(error)) }
        await reply(nil, to: recipient)
      }
    } catch {
      let isAnswered = !Message.looksLikeResponse(json)
      await reply(isAnswered ? .error(id: Message.identifier(in: json), error) : nil, to: recipient)
    }
  }
}
