import Synchronization

/// The recipient of the answer to a request.
enum ReplyRecipient: Sendable {
  case client
  case batch(BatchAnswer)
}

/// Collects the answers to a batch (2025-03-26) until every message of it is done. The lock guards the
/// answers from the batch's calls, which end at any time.
final class BatchAnswer: Sendable {
  private struct State {
    var missing: Int
    var answers: [JSON] = []
  }

  private let state: Mutex<State>

  init(expecting count: Int) { state = Mutex(State(missing: count)) }

  /// - Parameter answer: The answer; nil for a message that gets none.
  /// - Returns: All answers when no more can come, if there are any.
  func add(_ answer: JSON?) -> JSON? {
    state.withLock { state in
      state.missing -= 1
      if let answer { state.answers.append(answer) }
      return state.missing == 0 && !state.answers.isEmpty ? .array(state.answers) : nil
    }
  }
}

extension Connection {
  /// - Parameters:
  ///   - message: The answer; nil when a message is done without one.
  ///   - revision: The revision that the answer to `initialize` agrees on.
  func reply(_ message: Message?, to recipient: ReplyRecipient, agreeingOn revision: Revision? = nil) async {
    switch recipient {
    case .client:
      if let message { await send(message, as: message.roleAsReply(agreeingOn: revision)) }
    case .batch(let batch):
      let answer = message?.json(for: handshake.revision ?? .latest)
      if let answers = batch.add(answer) { await send(answers.encoded) }
    }
  }

  /// Tells the transport that a request ends without an answer.
  func drop(_ request: Request, to recipient: ReplyRecipient) async {
    await transport.dropped(request.id)
    await reply(nil, to: recipient)
  }

  /// Gives the result the form of the request's era: 2026-07-28 names its type and the server in every
  /// result.
  func complete(_ result: JSONObject, of request: Request) -> JSON {
    guard request.revision.era == .modern else { return .object(result) }
    var result = result
    result.updateValue(result["resultType"] ?? "complete", forKey: "resultType", insertingAt: 0)
    var meta = result["_meta"]?.objectValue ?? [:]
    var info = configuration.info
    // Icons are long, so a client learns them only once.
    if request.method != "server/discover" { info.icons = [] }
    meta[MetaKey.serverInfo] = info.json(for: request.revision)
    result["_meta"] = .object(meta)
    return .object(result)
  }
}

extension Message {
  fileprivate func roleAsReply(agreeingOn revision: Revision?) -> MessageRole {
    switch self {
    case .result(let id, _): .answer(id, revision: revision)
    case .error(let id?, let error): .answer(id, error: error)
    case .error(nil, _), .request, .notification: .unrelated
    }
  }
}
