import SystemSupport
@testable import MCP

/// Tools that do what a test needs, by name.
struct TestTools: ToolHandler {
  /// Opens when `wait` has begun, `cancelled` when its task was cancelled; `wait` ends when `release` opens.
  let waiting = Gate(isOpen: false)
  let release = Gate(isOpen: false)
  let cancelled = Gate(isOpen: false)

  static let names = ["echo", "log", "progress", "wait", "stubborn", "flood", "refuse", "fail", "toolError"]

  static var configuration: ServerConfiguration {
    ServerConfiguration(
      info: Implementation(name: "test", title: "Test", version: "1"), instructions: "Be kind.",
      tools: names.map { Tool(name: $0, title: "Title", inputSchema: ["type": "object"]) },
      drainPeriod: .seconds(5))
  }

  func call(_ call: ToolCall, in context: CallContext) async throws -> ToolResult {
    switch call.name {
    case "log":
      for level in LogLevel.allCases {
        await context.log(level, logger: "test", data: .string(level.rawValue), meta: ["k": 1])
      }
    case "progress":
      await context.progress(Progress(progress: 1, total: 2, message: "half"))
      await context.progress(Progress(progress: 2))
    case "wait":
      waiting.open()
      await release.pass()
      if Task.isCancelled { cancelled.open() }
      await context.log(.emergency, logger: nil, data: "after")
      await context.progress(Progress(progress: 9))
      try Task.checkCancellation()
    case "stubborn":
      waiting.open()
      await Task { await release.pass() }.value
      await context.log(.emergency, logger: nil, data: "after")
    case "flood":
      for number in 0..<(call.arguments["count"]?.intValue ?? 0) {
        await context.log(.emergency, logger: nil, data: .integer(number))
      }
    case "refuse": throw RPCError.invalidParams("No such argument.")
    case "fail": throw Failure()
    case "toolError": return ToolResult(content: [.text("sorry")], isError: true)
    default: break
    }
    return ToolResult(
      content: [.text(JSON.object(call.arguments).text)], structuredContent: .object(call.arguments))
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String { "the disk is on fire" }
  }
}

/// Serves a peer while the body runs, then hangs up and waits for the server to return.
func withServer(
  _ tools: any ToolHandler = TestTools(), configuration: ServerConfiguration = TestTools.configuration,
  _ body: @escaping @Sendable (Peer) async throws -> Void
) async throws {
  let (client, server) = InMemoryTransport.pair()
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { await Server(configuration: configuration, handler: tools).serve(over: server) }
    do {
      try await body(Peer(client))
    } catch {
      await client.close()
      throw error
    }
    await client.close()
    try await group.waitForAll()
  }
}
