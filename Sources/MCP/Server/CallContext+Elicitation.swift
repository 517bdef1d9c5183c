extension CallContext {
  /// Whether the client can ask its user.
  public var canElicit: Bool {
    revision >= .v2025_06_18 && clientCapabilities["elicitation"] != nil
  }

  /// Asks the user at the client's side and waits for the answer: by a request of the server in the legacy
  /// era, by an `input_required` result and the client's next request in the modern one.
  ///
  /// - Throws: `RPCError.missingClientCapability` unless ``canElicit``; the client's error; `CancellationError`.
  public func elicit(_ elicitation: Elicitation) async throws -> Elicitation.Answer {
    guard canElicit else { throw RPCError.missingClientCapability(["elicitation": [:]]) }
    let response: JSON
    switch revision.era {
    case .legacy:
      response = try await connection.requests.ask(
        Elicitation.method, elicitation.params, over: connection, as: role)
    case .modern:
      response = try await requireInput(elicitation)
    }
    guard let answer = Elicitation.Answer(json: response) else {
      throw RPCError.invalidParams("The answer to an elicitation must have an \"action\".")
    }
    return answer
  }

  private func requireInput(_ elicitation: Elicitation) async throws -> JSON {
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
    let responses = try await connection.suspended.wait(as: name, active, ticket: binding.ticket) {
      Task { await connection.finish(binding, with: answer) }
    }
    // What is missing is asked for again (Multi Round-Trip Requests, Error Handling).
    guard let response = responses[key] else { return try await requireInput(elicitation) }
    return response
  }
}
