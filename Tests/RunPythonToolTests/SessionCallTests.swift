import MCP
import RunPythonTool
import Testing

@Suite struct SessionCallTests {
  private func read(_ tool: ToolName, _ arguments: JSONObject, meta: JSONObject = [:]) throws
    -> SessionRequest?
  {
    let schema: JSON = ["properties": ["name": [:], "checkpoint": [:], "reseed": [:], "session": [:]]]
    let call = ToolCall(name: tool.rawValue, arguments: arguments, meta: meta)
    let offered = [Tool(name: tool.rawValue, inputSchema: schema)]
    return try SessionRequest(
      tool, ToolArguments(call, of: offered), file: call.meta[ToolKey.file]?.stringValue)
  }

  @Test(
    arguments: [
      .checkpoint(name: "a", file: "/tmp/a"), .checkpoint(name: nil), .restore(.undo(runs: 2)),
      .restore(.checkpoint("h"), reseeds: true), .resume(file: "/tmp/a", reseeds: true), .fork(),
      .fork(from: .undo(runs: 1), reseeds: true),
    ] as [SessionRequest])
  func requestIsReadAsItWasWritten(request: SessionRequest) throws {
    #expect(try read(request.tool, request.arguments, meta: request.meta) == request)
  }

  @Test func stateToGoBackToMustBeNamed() {
    #expect(throws: RPCError.invalidParams("Invalid arguments for tool restore: 'checkpoint' is missing")) {
      try read(.restore, ["reseed": true])
    }
  }

  @Test func codeIsNoRequestOfASession() throws {
    #expect(try read(.run, [:]) == nil)
  }

  @Test(
    arguments: [
      ("-1", .undo(runs: 1)), ("-0", .checkpoint("-0")), ("h", .checkpoint("h")),
    ] as [(String, EarlierState)])
  func earlierStatesHaveNames(text: String, state: EarlierState) {
    #expect(EarlierState(text) == state)
    #expect(state.text == text)
  }

  @Test func answerIsReadAsItWasWritten() throws {
    let standing = Standing(
      runs: 3, lastLine: "x = 3",
      checkpoints: [
        .init(handle: "h", name: nil, bytes: 10, runs: 2, lastLine: "x = 2", created: "2026-01-01T00:00:00Z")
      ], undoable: [1, 3])
    let answers: [(SessionAnswer, SessionRequest)] = [
      (SessionAnswer(.saved(handle: "h", name: "a", bytes: 10), standing), .checkpoint(name: "a")),
      (SessionAnswer(.restored("h"), standing), .restore("h")),
      (SessionAnswer(.restored(""), standing), .resume(file: "/tmp/a")),
      (SessionAnswer(.forked(session: "s"), standing), .fork()),
    ]
    for (answer, request) in answers {
      #expect(SessionAnswer(answer.structuredContent, to: request) == answer)
    }
    #expect(SessionAnswer(["checkpoint": "h"], to: .restore("h")) == nil)
    #expect(SessionAnswer(["runs": 1], to: .fork()) == nil)
  }
}
