/// An MCP client for all five revisions (see ``Revision``).
///
/// Requests throw the ``RPCError`` that the server answered, or a ``ClientError`` when there is no proper
/// answer. When the task is cancelled they throw `CancellationError` at once, and the server is told by
/// `notifications/cancelled`.
///
/// The actor guards the wanted log level from callers that run side by side.
public actor Client {
  /// The revision that both sides speak.
  public nonisolated let revision: Revision
  public nonisolated let serverInfo: Implementation?
  /// The server's capabilities as it declared them, an object.
  public nonisolated let serverCapabilities: JSON
  public nonisolated let instructions: String?

  private nonisolated let link: Link
  private let envelope: ModernEnvelope
  private let timeout: Duration
  /// The level that each modern request asks for.
  private var logLevel: LogLevel?

  private init(link: Link, envelope: ModernEnvelope, timeout: Duration, outcome: Negotiation.Outcome) {
    self.link = link
    self.envelope = envelope
    self.timeout = timeout
    revision = outcome.revision
    serverInfo = outcome.serverInfo
    serverCapabilities = outcome.serverCapabilities
    instructions = outcome.instructions
  }

  /// Asks the user a question of the server. Its task is cancelled when the server waits no more.
  public typealias ElicitationHandler = @Sendable (Elicitation) async -> Elicitation.Answer

  /// Agrees with a server on a revision. If that fails, the transport is closed.
  ///
  /// - Parameters:
  ///   - protocol: The wanted revision. With `auto`, a server that does not answer `server/discover` within
  ///     10 seconds counts as a legacy one.
  ///   - capabilities: The client's abilities, in the shape of `ClientCapabilities`.
  ///   - onLog: Gets each log message in the order of the wire. All that precede a result are delivered
  ///     before the request returns. It must not block.
  ///   - onNotification: Gets method and parameters of all other notifications, in the same order, but not
  ///     progress that somebody waits for.
  ///   - onElicit: Asks the user; the capability is declared when it is given.
  ///   - timeout: The time for the handshake and for each later request. Tool calls may take any time.
  public static func connect(
    over transport: any Transport, info: Implementation, protocol choice: ProtocolChoice = .auto,
    capabilities: JSON = [:], onLog: @escaping @Sendable (LogMessage) -> Void = { _ in },
    onNotification: @escaping @Sendable (String, JSONObject) -> Void = { _, _ in },
    onElicit: ElicitationHandler? = nil, timeout: Duration = .seconds(60)
  ) async throws -> Client {
    let link = Link(
      transport: transport,
      listeners: .init(onLog: onLog, onNotification: onNotification, onElicit: onElicit))
    await link.start()
    var declared = capabilities.objectValue ?? [:]
    if onElicit != nil { declared["elicitation"] = [:] }
    let envelope = ModernEnvelope(info: info, capabilities: .object(declared))
    do {
      let outcome = try await Negotiation(link: link, envelope: envelope, timeout: timeout).run(choice)
      return Client(link: link, envelope: envelope, timeout: timeout, outcome: outcome)
    } catch {
      await link.close()
      throw error
    }
  }

  /// Lets go of the server. Requests that still wait for an answer throw.
  public func close() async { await link.close() }
}

/// The reason why a client could not get an answer. An error that the server answers is an ``RPCError``.
public struct ClientError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: Sendable, Hashable {
    /// The server could not be started, ended, or closed the connection.
    case serverGone
    /// ``Client/close()`` was called.
    case closed
    /// No answer came within the time.
    case timedOut
    /// There is no revision that both sides speak.
    case unsupportedRevision
    /// An answer broke the rules of the protocol.
    case invalidResponse
  }

  public var code: Code
  /// A sentence for the user.
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}

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

/// The pauses before further calls of a server that only asks to be called again. The type is pure.
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

/// The members that a client puts into the `_meta` of every request in the stateless era (2026-07-28,
/// `RequestMetaObject`).
struct ModernEnvelope: Sendable {
  let revision = Revision.latest
  let info: Implementation
  let capabilities: JSON

  /// Adds the members; the caller's own `_meta` members stay.
  func wrap(_ params: JSONObject, logLevel: LogLevel?) -> JSONObject {
    var params = params
    params.setMeta(MetaKey.protocolVersion, .string(revision.rawValue))
    params.setMeta(MetaKey.clientInfo, info.json(for: revision))
    params.setMeta(MetaKey.clientCapabilities, capabilities)
    if let logLevel { params.setMeta(MetaKey.logLevel, .string(logLevel.rawValue)) }
    return params
  }
}
