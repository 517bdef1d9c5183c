import SystemSupport
import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct ClientTests {
  static let info = Implementation(name: "client", version: "1")

  /// A client connected to a server with the test's tools.
  static func withClient(
    _ choice: ProtocolChoice, _ tools: TestTools = TestTools(),
    onLog: @escaping @Sendable (LogMessage) -> Void = { _ in },
    _ body: @escaping @Sendable (Client) async throws -> Void
  ) async throws {
    let (near, far) = InMemoryTransport.pair()
    let serving = Task {
      await Server(configuration: TestTools.configuration, handler: tools).serve(over: far)
    }
    let client = try await Client.connect(over: near, info: info, protocol: choice, onLog: onLog)
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body(client)) } catch { outcome = .failure(error) }
    await client.close()
    await serving.value
    try outcome.get()
  }

  @Test(arguments: Revision.allCases)
  func speaksEveryRevision(_ revision: Revision) async throws {
    let logged = Recorder<String>()
    try await Self.withClient(
      .revision(revision), onLog: { logged.append("\($0.level) \($0.logger ?? "") \($0.data.text)") }
    ) { client in
      #expect(client.revision == revision)
      #expect(client.serverInfo?.name == "test")
      #expect(client.serverCapabilities["tools"] != nil)
      #expect(client.instructions == "Be kind.")
      #expect(try await client.tools().map(\.name) == TestTools.names)
      let echo = try await client.callTool("echo", arguments: ["a": "b"])
      #expect(echo.content == [.text(#"{"a":"b"}"#)])
      #expect(try await client.callTool("toolError", arguments: [:]).isError)
      try await client.ping()
      try await client.setLogLevel(.alert)
      logged.clear()
      _ = try await client.callTool("log", arguments: [:])
      // Delivered before the call returned, without waiting.
      #expect(logged.values == ["alert test \"alert\"", "emergency test \"emergency\""])
      let progress = Recorder<Progress>()
      _ = try await client.callTool("progress", arguments: [:]) { progress.append($0) }
      #expect(progress.values.map(\.progress) == [1, 2])
      #expect(progress.values.first?.total == 2)
    }
  }

  @Test func asksForALevelPerCallInTheModernEra() async throws {
    let logged = Recorder<LogLevel>()
    try await Self.withClient(.auto, onLog: { logged.append($0.level) }) { client in
      #expect(client.revision == .v2026_07_28)
      _ = try await client.callTool("log", arguments: [:])
      #expect(logged.values.isEmpty)
      _ = try await client.callTool("log", arguments: [:], logLevel: .emergency)
      #expect(logged.values == [.emergency])
      try await client.setLogLevel(.critical)
      _ = try await client.callTool("log", arguments: [:])
      #expect(logged.values.count == 4)
    }
  }

  @Test(arguments: [ProtocolChoice.auto, .revision(.v2025_06_18)])
  func throwsWhatTheServerAnswered(_ choice: ProtocolChoice) async throws {
    try await Self.withClient(choice) { client in
      let error = await #expect(throws: RPCError.self) { try await client.callTool("x", arguments: [:]) }
      #expect(error == .invalidParams("Unknown tool: x"))
      let unknown = await #expect(throws: RPCError.self) { try await client.request("x", params: [:]) }
      #expect(unknown?.code == -32601)
    }
  }

  @Test(arguments: [ProtocolChoice.auto, .revision(.v2024_11_05)])
  func cancelsACall(_ choice: ProtocolChoice) async throws {
    let tools = TestTools()
    try await Self.withClient(choice, tools) { client in
      let call = Task { try await client.callTool("wait", arguments: [:]) }
      await tools.waiting.pass()
      call.cancel()
      await #expect(throws: CancellationError.self) { try await call.value }
      await tools.cancelled.pass()
      let echo = try await client.callTool("echo", arguments: [:])
      #expect(!echo.isError)
    }
  }

  @Test func doesNotCallForACancelledTask() async throws {
    try await Self.withClient(.auto) { client in
      let call = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        _ = try await client.callTool("echo", arguments: [:])
      }
      await #expect(throws: CancellationError.self) { try await call.value }
    }
  }

  @Test func letsCallsRunBesideEachOther() async throws {
    let tools = TestTools()
    try await Self.withClient(.auto, tools) { client in
      let slow = Task { try await client.callTool("wait", arguments: ["slow": true]) }
      await tools.waiting.pass()
      let answers = try await withThrowingTaskGroup(of: (Int, ToolResult).self) { group in
        for number in 0..<100 {
          group.addTask { (number, try await client.callTool("echo", arguments: ["n": .integer(number)])) }
        }
        return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      for number in 0..<100 { #expect(answers[number]?.structuredContent == ["n": .integer(number)]) }
      tools.release.open()
      #expect(try await slow.value.structuredContent == ["slow": true])
    }
  }

  @Test func endsWaitingCallsWhenItIsClosed() async throws {
    let tools = TestTools()
    try await Self.withClient(.auto, tools) { client in
      let call = Task { try await client.callTool("wait", arguments: [:]) }
      await tools.waiting.pass()
      await client.close()
      let error = await #expect(throws: ClientError.self) { try await call.value }
      #expect(error?.code == .closed)
      let later = await #expect(throws: ClientError.self) { try await client.ping() }
      #expect(later?.code == .closed)
    }
  }
}
