import Testing

@testable import MCP

@Suite(.enabled(if: Examples.arePresent), .timeLimit(.minutes(1))) struct ExampleTests {
  static var weather: ServerConfiguration {
    var configuration = TestTools.configuration
    configuration.tools = [Tool(name: "get_weather", inputSchema: ["type": "object"])]
    return configuration
  }

  static let requests = [
    "DiscoverRequest/server-discover-request", "ListToolsRequest/list-tools-request",
    "CallToolRequest/call-tool-request",
  ]

  @Test(arguments: requests)
  func answersARequest(_ name: String) async throws {
    let request = try Examples.json(name)
    try await withServer(configuration: Self.weather) { peer in
      try await peer.send(request)
      let answer = try await peer.next()
      #expect(answer["id"] == request["id"])
      #expect(answer["result"]?["resultType"] == "complete")
    }
  }

  @Test func opensTheSubscription() async throws {
    let request = try Examples.json("SubscriptionsListenRequest/listen-for-list-changes")
    let ended = try Examples.json("SubscriptionsListenResultResponse/listen-closed-response")
    try await withServer { peer in
      try await peer.send(request)
      #expect(try await peer.next()["method"] == "notifications/subscriptions/acknowledged")
      peer.transport.finishSending()
      let answer = try await peer.next()
      #expect(answer["id"] == ended["id"])
      #expect(answer["result"]?["resultType"] == ended["result"]?["resultType"])
      let key = "io.modelcontextprotocol/subscriptionId"
      #expect(answer["result"]?["_meta"]?[key] == ended["result"]?["_meta"]?[key])
    }
  }

  static let messages = [
    "CancelledNotification/user-requested-cancellation", "ProgressNotification/progress-message",
    "LoggingMessageNotification/log-database-connection-failed",
    "SubscriptionsAcknowledgedNotification/listen-acknowledged",
    "CallToolResultResponse/call-tool-result-response",
    "ListToolsResultResponse/list-tools-result-response", "DiscoverResultResponse/discover-result-response",
    "UnsupportedProtocolVersionError/unsupported-version",
    "MissingRequiredClientCapabilityError/missing-elicitation-capability",
  ]

  @Test(arguments: messages + requests)
  func readsAndWritesAMessage(_ name: String) throws {
    let json = try Examples.json(name)
    let again = try Message(json).json
    #expect(
      Set(again.objectValue.map { Array($0.keys) } ?? [])
        == Set(json.objectValue.map { Array($0.keys) } ?? []))
    for (member, value) in json.objectValue ?? [:] { #expect(again[member] == value) }
  }

  @Test func readsALogMessageAndProgress() throws {
    let log = try Examples.json("LoggingMessageNotification/log-database-connection-failed")
    let message = try #require(LogMessage(params: log["params"]?.objectValue ?? [:]))
    #expect(message.level == .error)
    #expect(message.logger == "database")
    #expect(try JSON(parsing: message.encodedNotification)["params"]?["data"] == log["params"]?["data"])
    let progress = try Examples.json("ProgressNotification/progress-message")
    let params = progress["params"]?.objectValue ?? [:]
    #expect(Progress(params: params)?.params(token: "oivaizmir", for: .latest) == params)
  }

  @Test(arguments: [
    "with-no-parameters", "with-explicit-draft-07-input-schema", "with-default-2020-12-input-schema",
    "tool-with-composition-input-schema", "tool-with-array-output-schema",
    "with-output-schema-for-structured-content",
  ])
  func readsAndWritesATool(_ name: String) throws {
    let json = try Examples.json("Tool/\(name)")
    #expect(try Tool(json: json).json(for: .latest) == json)
  }

  @Test(arguments: [
    "invalid-tool-input-error", "result-with-array-structured-content", "result-with-structured-content",
  ])
  func readsAndWritesAResult(_ name: String) throws {
    let json = try Examples.json("CallToolResult/\(name)")
    #expect(try ToolResult(json: json).json(for: .latest) == json)
  }
}
