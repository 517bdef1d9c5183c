import Logging
import MCP
import SystemSupport

@testable import MCPHTTP

/// An endpoint within the test's process, in front of real MCP servers of ``TestTools``.
struct TestEndpoint: Sendable {
  let endpoint: Endpoint
  let conversations: Conversations
  let tools = TestTools()

  init(room: Int = .max, _ change: (inout HTTPServerOptions) -> Void = { _ in }) {
    var options = HTTPServerOptions(policy: HostPolicy(bindsLoopback: true), tools: TestTools.offered)
    change(&options)
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let server = MCP.Server(
      configuration: ServerConfiguration(
        info: Implementation(name: "test", version: "1"), tools: TestTools.offered, drainPeriod: .zero),
      handler: tools)
    let room = Room(left: room)
    conversations = Conversations(
      options: options,
      make: { _ in
        try await room.take()
        return TestConversation(server: server)
      }, logger: logger)
    endpoint = Endpoint(options: options, conversations: conversations, logger: logger)
  }

  func client() async throws -> TestClient { try await TestClient(endpoint: endpoint) }
}

private struct TestConversation: Conversation {
  let server: MCP.Server

  func serve(
    over transport: any MCP.Transport, opening: MCP.Server.Opening?, requestStates: any RequestStateCodec
  ) async {
    await server.serve(over: transport, opening: opening, requestStates: requestStates)
  }
}

/// Counts how many conversations may still begin.
private actor Room {
  private var left: Int

  init(left: Int) { self.left = left }

  func take() throws {
    guard left > 0 else { throw RPCError.overloaded("There is no room.", retryAfter: 7) }
    left -= 1
  }
}

/// Tools that answer, wait until they are let go, or ask the client.
struct TestTools: ToolHandler {
  /// A call of `wait` goes on when this opens.
  let release = Gate(isOpen: false)
  /// Opens when a call of `wait` has been cancelled.
  let cancelled = Gate(isOpen: false)

  static let offered = [
    Tool(
      name: "echo",
      inputSchema: [
        "type": "object",
        "properties": ["text": ["type": "string"], "place": ["type": "string", "x-mcp-header": "Place"]],
      ]),
    Tool(name: "wait", inputSchema: ["type": "object"]),
    Tool(name: "ask", inputSchema: ["type": "object"]),
  ]

  func call(_ call: ToolCall, in context: CallContext) async throws -> ToolResult {
    switch call.name {
    case "wait":
      await context.log(.info, logger: nil, data: "begun")
      await release.pass()
      if Task.isCancelled {
        cancelled.open()
        throw CancellationError()
      }
      return ToolResult(content: [.text("released")])
    case "ask":
      let answer = try await context.elicit(
        Elicitation(
          message: "Who?", requestedSchema: ["type": "object", "properties": ["name": ["type": "string"]]]))
      guard case .accept(let content) = answer else { return ToolResult(content: [.text("nobody")]) }
      return ToolResult(content: [.text(content["name"]?.stringValue ?? "nobody")])
    default:
      return ToolResult(content: [.text(call.arguments["text"]?.stringValue ?? "")])
    }
  }
}
