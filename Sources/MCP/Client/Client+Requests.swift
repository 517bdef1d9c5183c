extension Client {
  /// Lists all tools, from as many pages as the server makes of them.
  public func tools() async throws -> [Tool] {
    var tools: [Tool] = []
    var cursors: Set<String> = []
    var params: JSONObject = [:]
    while true {
      let page = try await request("tools/list", params: params)
      guard let listed = page["tools"]?.arrayValue else {
        throw ClientError(.invalidResponse, "The server's answer to \"tools/list\" has no \"tools\".")
      }
      tools += try reading { () throws(RPCError) in
        var tools: [Tool] = []
        for json in listed { tools.append(try Tool(json: json)) }
        return revision.era == .modern ? tools.filter(isUsable) : tools
      }
      guard let cursor = page["nextCursor"]?.stringValue else { return tools }
      guard cursors.insert(cursor).inserted else {
        throw ClientError(.invalidResponse, "The server's list of tools has no end.")
      }
      params["cursor"] = .string(cursor)
    }
  }

  /// True when a tool's `x-mcp-header` annotations are as 2026-07-28 wants them (Streamable HTTP, Schema
  /// Extension). A tool with others must not be used; the log is told of it.
  private func isUsable(_ tool: Tool) -> Bool {
    guard let problem = HeaderAnnotations.problem(in: tool.inputSchema) else { return true }
    link.listeners.onLog(
      LogMessage(
        level: .warning, logger: "client",
        data: .string("The server's tool \"\(tool.name)\" is left out: \(problem)")))
    return false
  }

  /// Calls a tool and waits for its result as long as it takes; cancel the task to stop it.
  ///
  /// - Parameters:
  ///   - logLevel: The least level of log messages for this call, in place of that of ``setLogLevel(_:)``. It
  ///     matters to modern servers only; legacy ones know one level for all calls.
  ///   - meta: Further members for the request's `_meta`.
  ///   - onProgress: Gets progress in the order of the wire, before the call returns. It must not block.
  public func callTool(
    _ name: String, arguments: JSONObject, logLevel: LogLevel? = nil, meta: JSONObject = [:],
    onProgress: (@Sendable (Progress) -> Void)? = nil
  ) async throws -> ToolResult {
    var params: JSONObject = ["name": .string(name), "arguments": .object(arguments)]
    if !meta.isEmpty { params["_meta"] = .object(meta) }
    var result: JSON
    var pauses = RetryPauses()
    repeat {
      result = try await link.request(
        "tools/call", wrap(params, logLevel: logLevel), timeout: nil, onProgress: onProgress)
    } while try await answerInput(result, into: &params, &pauses)
    return try reading { () throws(RPCError) in try ToolResult(json: result) }
  }

  /// Answers a server that asks for input before it goes on (2026-07-28, `InputRequiredResult`): the answers
  /// become parameters of the next request.
  ///
  /// - Returns: true when there must be a next request; false for a complete result.
  private func answerInput(
    _ result: JSON, into params: inout JSONObject, _ pauses: inout RetryPauses
  ) async throws -> Bool {
    guard result["resultType"] == "input_required" else { return false }
    var responses: JSONObject = [:]
    let questions = result["inputRequests"]?.objectValue ?? [:]
    if questions.isEmpty {
      // The result holds only a state: the server wants to be asked again later, when the client likes.
      guard let pause = pauses.next() else {
        throw ClientError(
          .invalidResponse,
          "The server asked \(RetryPauses.limit) times in a row to be called again, and for nothing else.")
      }
      try await Task.sleep(for: pause)
    } else {
      pauses = RetryPauses()
    }
    for (key, question) in questions {
      guard question["method"]?.stringValue == Elicitation.method, let onElicit = link.listeners.onElicit,
        let elicitation = question["params"]?.objectValue.flatMap(Elicitation.init(params:))
      else {
        throw ClientError(.invalidResponse, "The server asks for something that this client cannot give.")
      }
      responses[key] = await onElicit(elicitation).json
    }
    params["inputResponses"] = .object(responses)
    params["requestState"] = result["requestState"]
    return true
  }

  /// Completes the value of a prompt's argument: gives whole values, at most 100.
  ///
  /// - Parameter given: The values of other arguments.
  public func complete(
    prompt: String, argument: String, value: String, given: [String: String] = [:]
  ) async throws -> [String] {
    var params: JSONObject = [
      "ref": ["type": "ref/prompt", "name": .string(prompt)],
      "argument": ["name": .string(argument), "value": .string(value)],
    ]
    if !given.isEmpty {
      let pairs = given.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
      params["context"] = ["arguments": .object(JSONObject(uniqueKeysWithValues: pairs))]
    }
    let result = try await request("completion/complete", params: params)
    return result["completion"]?["values"]?.arrayValue?.compactMap(\.stringValue) ?? []
  }

  /// Asks for log messages of this level and above. A legacy server is told now, a modern one with each later
  /// request.
  public func setLogLevel(_ level: LogLevel) async throws {
    logLevel = level
    if revision.era == .legacy {
      _ = try await request("logging/setLevel", params: ["level": .string(level.rawValue)])
    }
  }

  /// Returns when the server has answered. Modern servers have no `ping` and are asked by `server/discover`.
  public func ping() async throws {
    _ = try await request(revision.era == .legacy ? "ping" : "server/discover", params: [:])
  }

  /// Sends any request and returns its result. `subscriptions/listen` and `tools/call` may take any time;
  /// others have the client's timeout.
  public func request(_ method: String, params: JSONObject) async throws -> JSON {
    let isLasting = method == "subscriptions/listen" || method == "tools/call"
    return try await link.request(method, wrap(params, logLevel: nil), timeout: isLasting ? nil : timeout)
  }

  private func wrap(_ params: JSONObject, logLevel: LogLevel?) -> JSONObject {
    switch revision.era {
    case .legacy: params
    case .modern: envelope.wrap(params, logLevel: logLevel ?? self.logLevel)
    }
  }

  private func reading<Value>(_ read: () throws(RPCError) -> Value) throws -> Value {
    do {
      return try read()
    } catch {
      throw ClientError(.invalidResponse, "The server's answer cannot be read: \(error.message)")
    }
  }
}

/// The pauses before further calls of a server that only asks to be called again. Pure.
struct RetryPauses: Sendable {
  static let limit = 10
  private static let first = Duration.milliseconds(100)
  private static let longest = Duration.seconds(5)

  private var count = 0

  /// Gives the next pause; nil after enough of them.
  mutating func next() -> Duration? {
    guard count < Self.limit else { return nil }
    defer { count += 1 }
    return min(Self.first * (1 << count), Self.longest)
  }
}
