import SystemSupport

/// The knowledge and the actions of a handler while it works on a request. After the request's answer or
/// cancellation, the actions have no effect.
public struct CallContext: Sendable {
  public let requestID: RequestID
  public let revision: Revision
  /// The client's capabilities, declared at `initialize` or with this request (2026-07-28).
  public let clientCapabilities: JSON

  let connection: Connection
  let active: ActiveRequest

  /// True when a message of this level would be sent now. The question is cheap: ask before you make a costly
  /// message.
  public func wantsLog(at level: LogLevel) -> Bool {
    guard let binding = active.binding, binding.ticket.isOpen else { return false }
    return switch binding.request.threshold {
    case .session: level >= connection.handshake.logThreshold
    case .request(let threshold): threshold.map { level >= $0 } ?? false
    }
  }

  /// Sends a log message, ahead of the request's result, unless ``wantsLog(at:)`` is false. It waits while
  /// the client is slow to read.
  ///
  /// - Returns: true when it was sent.
  @discardableResult
  public func log(_ level: LogLevel, logger: String?, data: JSON, meta: JSONObject? = nil) async -> Bool {
    guard wantsLog(at: level) else { return false }
    let message = LogMessage(level: level, logger: logger, data: data, meta: meta)
    await connection.send(message.encodedNotification, as: role)
    return true
  }

  /// Sends a log message about the session and not just this request. In the legacy era log messages belong
  /// to sessions, so it is sent even after the request's cancellation. Otherwise it does as
  /// ``log(_:logger:data:meta:)``.
  ///
  /// - Returns: true when it was sent.
  @discardableResult
  public func logForSession(_ level: LogLevel, logger: String?, data: JSON) async -> Bool {
    if revision.era == .modern { return await log(level, logger: logger, data: data) }
    guard level >= connection.handshake.logThreshold else { return false }
    await connection.send(LogMessage(level: level, logger: logger, data: data).encodedNotification, as: role)
    return true
  }

  /// Tells the client the request's progress, if it asked for that.
  public func progress(_ progress: Progress) async {
    guard let binding = active.binding, binding.ticket.isOpen, let token = binding.request.progressToken
    else { return }
    let params = progress.params(token: token, for: revision)
    await connection.send(.notification(method: Progress.method, params: params), as: role)
  }

  /// The role of this call's messages: they are part of the request until it is answered or cancelled.
  var role: MessageRole {
    guard let binding = active.binding, binding.ticket.isOpen else { return .unrelated }
    return .during(binding.request.id)
  }
}

/// The source of the least level that a request's log messages must have.
enum LogThreshold: Sendable {
  /// In the legacy era it is `logging/setLevel`, even while the request is running.
  case session
  /// In the modern era it is `_meta` of the request; nil asks for no messages at all.
  case request(LogLevel?)
}

extension CallContext {
  /// True when the client can show its user a form. A client that names no mode can; one with `url` alone
  /// cannot (Elicitation, Capabilities, from 2025-11-25).
  public var canElicit: Bool {
    guard revision >= .v2025_06_18, let modes = clientCapabilities["elicitation"] else { return false }
    return modes["form"] != nil || modes["url"] == nil
  }

  /// Asks the user at the client's side and waits for the answer. In the legacy era this is a request of the
  /// server. In the modern one it is an `input_required` result and the client's next request.
  ///
  /// - Throws: `RPCError.missingClientCapability` unless ``canElicit``; the client's error;
  ///   `CancellationError`.
  public func elicit(_ elicitation: Elicitation) async throws -> Elicitation.Answer {
    guard canElicit else { throw RPCError.missingClientCapability(["elicitation": [:]]) }
    var problem: RPCError?
    // A wrong answer is asked for again (Multi Round-Trip Requests, Error Handling), but not for ever.
    for _ in 0..<Self.maximumQuestions {
      let response: JSON? =
        switch revision.era {
        case .legacy:
          try await connection.requests.ask(
            Elicitation.method, elicitation.params, over: connection, as: role)
        case .modern: try await requireInput(elicitation)
        }
      guard let response else { continue }
      do {
        return try Elicitation.Answer(json: response, to: elicitation)
      } catch {
        problem = error
      }
    }
    throw problem ?? RPCError.invalidParams("The client does not answer what it is asked.")
  }

  private static let maximumQuestions = 3

  /// - Returns: nil when the client came back without an answer.
  private func requireInput(_ elicitation: Elicitation) async throws -> JSON? {
    guard let binding = active.unbind() else { throw CancellationError() }
    let key = "input"
    let name = UnguessableName.new()
    let request = binding.request
    let state = await connection.requestStates.seal(name, method: request.method, params: request.params)
    let question: JSON = ["method": .string(Elicitation.method), "params": .object(elicitation.params)]
    let result: JSONObject = [
      "resultType": "input_required", "inputRequests": [key: question], "requestState": .string(state),
    ]
    let answer = Message.result(id: binding.request.id, connection.complete(result, of: binding.request))
    do {
      return try await connection.suspended.wait(as: name, active, ticket: binding.ticket) {
        Task { await connection.finish(binding, with: answer) }
      }[key]
    } catch is SuspendedCalls.NotAsked {
      // The request has not been answered with a question, so it still waits for the call's result.
      active.bind(binding)
      throw CancellationError()
    }
  }
}
