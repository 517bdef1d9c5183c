import Testing

@testable import MCP

/// A tool that asks the user for a name, twice if told so.
private struct AskingTools: ToolHandler {
  static let configuration = ServerConfiguration(
    info: Implementation(name: "test", version: "1"),
    tools: [Tool(name: "ask", inputSchema: ["type": "object"])])
  static let question = Elicitation(
    message: "Name?",
    requestedSchema: ["type": "object", "properties": ["name": ["type": "string"]], "required": ["name"]])

  func call(_ call: ToolCall, in context: CallContext) async throws -> ToolResult {
    var answers: [String] = []
    for _ in 0..<(call.arguments["times"]?.intValue ?? 1) {
      switch try await context.elicit(Self.question) {
      case .accept(let form): answers.append(form["name"]?.stringValue ?? "nobody")
      case .decline: answers.append("declined")
      case .cancel: answers.append("cancelled")
      }
      await context.log(.info, logger: nil, data: .string(answers.last ?? ""))
    }
    return ToolResult(content: [.text(answers.joined(separator: " "))])
  }
}

@Suite(.timeLimit(.minutes(1))) struct ElicitationTests {
  private func call(
    _ choice: ProtocolChoice, times: Int = 1, onLog: @escaping @Sendable (LogMessage) -> Void = { _ in },
    onElicit: Client.ElicitationHandler?
  ) async throws -> ToolResult {
    let (near, far) = InMemoryTransport.pair()
    let serving = Task {
      await Server(configuration: AskingTools.configuration, handler: AskingTools()).serve(over: far)
    }
    let client = try await Client.connect(
      over: near, info: Implementation(name: "client", version: "1"), protocol: choice, onLog: onLog,
      onElicit: onElicit)
    try await client.setLogLevel(.info)
    let outcome: Result<ToolResult, any Error>
    do {
      outcome = .success(try await client.callTool("ask", arguments: ["times": .integer(times)]))
    } catch {
      outcome = .failure(error)
    }
    await client.close()
    await serving.value
    return try outcome.get()
  }

  @Test(arguments: [Revision.v2025_06_18, .v2025_11_25, .v2026_07_28])
  func theUserIsAskedInBothEras(_ revision: Revision) async throws {
    let asked = Recorder<Elicitation>()
    let logged = Recorder<String>()
    let result = try await call(
      .revision(revision), times: 2, onLog: { logged.append($0.data.stringValue ?? "") }
    ) { question in
      asked.append(question)
      return .accept(["name": .string("Ada\(asked.values.count)")])
    }
    #expect(result.content == [.text("Ada1 Ada2")])
    #expect(asked.values == [AskingTools.question, AskingTools.question])
    #expect(logged.values == ["Ada1", "Ada2"])
  }

  @Test(arguments: [Revision.v2025_11_25, .v2026_07_28])
  func theUserMayDecline(_ revision: Revision) async throws {
    #expect(try await call(.revision(revision)) { _ in .decline }.content == [.text("declined")])
    #expect(try await call(.revision(revision)) { _ in .cancel }.content == [.text("cancelled")])
  }

  @Test(arguments: [Revision.v2025_03_26, .v2025_11_25, .v2026_07_28])
  func aClientThatCannotAskIsNotAsked(_ revision: Revision) async throws {
    await #expect { try await call(.revision(revision), onElicit: nil) } throws: {
      ($0 as? RPCError)?.code == -32021
    }
  }

  @Test func aForgedRequestStateIsRefused() async throws {
    let (near, far) = InMemoryTransport.pair()
    let serving = Task {
      await Server(configuration: AskingTools.configuration, handler: AskingTools()).serve(over: far)
    }
    let peer = Peer(near)
    let capabilities: JSONObject = ["io.modelcontextprotocol/clientCapabilities": ["elicitation": [:]]]
    let arguments: JSONObject = ["name": "ask"]
    let first = try await peer.ask(1, "tools/call", modernParams(arguments, meta: capabilities))
    #expect(first["result"]?["resultType"] == "input_required")
    let state = try #require(first["result"]?["requestState"]?.stringValue)
    var retry = arguments
    retry["inputResponses"] = ["input": ["action": "accept", "content": ["name": "Eve"]]]
    retry["requestState"] = .string(state + "x")
    let forged = try await peer.ask(2, "tools/call", modernParams(retry, meta: capabilities))
    #expect(forged["error"]?["code"] == -32602)
    retry["requestState"] = .string(state)
    let good = try await peer.ask(3, "tools/call", modernParams(retry, meta: capabilities))
    #expect(good["result"]?["content"]?[0]?["text"] == "Eve")
    let again = try await peer.ask(4, "tools/call", modernParams(retry, meta: capabilities))
    #expect(again["error"]?["code"] == -32602)
    await near.close()
    await serving.value
  }

  @Test func cancellingTheCallCancelsTheQuestion() async throws {
    let (near, far) = InMemoryTransport.pair()
    let serving = Task {
      await Server(configuration: AskingTools.configuration, handler: AskingTools()).serve(over: far)
    }
    let peer = Peer(near)
    try await peer.send([
      "jsonrpc": "2.0", "id": 0, "method": "initialize",
      "params": [
        "protocolVersion": "2025-11-25", "capabilities": ["elicitation": [:]],
        "clientInfo": ["name": "peer", "version": "0"],
      ],
    ])
    _ = try await peer.next()
    try await peer.request(1, "tools/call", ["name": "ask"])
    let question = try await peer.next()
    #expect(question["method"] == "elicitation/create")
    try await peer.notify("notifications/cancelled", ["requestId": 1])
    let cancellation = try await peer.next()
    #expect(cancellation["method"] == "notifications/cancelled")
    #expect(cancellation["params"]?["requestId"] == question["id"])
    peer.transport.finishSending()
    #expect(await peer.isAtEnd())
    await serving.value
  }
}
