extension CallContext {
  /// True when the client can show its user a form. A client that names no mode can; one with `url` alone
  /// cannot (Elicitation, Capabilities, from 2025-11-25).
  public var canElicit: Bool {
    guard revision >= .v2025_06_18, let modes = clientCapabilities["elicitation"] else { return false }
    return modes["form"] != nil || modes["url"] == nil
  }

  /// Asks the user at the client's side and waits for the answer. In the legacy era this is a request of the
  /// server, in the modern one an `input_required` result and the client's next request.
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
