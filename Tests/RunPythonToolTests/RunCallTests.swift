import MCP
import RunPythonTool
import Testing

@Suite struct RunCallTests {
  private let tool = Tool(
    name: "run_python_code",
    inputSchema: ["properties": ["python_code": [:], "global_variables": [:], "session": [:]]])

  private func read(_ arguments: JSONObject, meta: JSONObject = [:]) throws -> RunRequest {
    let call = ToolCall(name: "run_python_code", arguments: arguments, meta: meta)
    return try RunRequest(ToolArguments(call, of: [tool]), meta: call.meta)
  }

  @Test func requestIsReadAsItWasWritten() throws {
    let request = RunRequest(
      "x", globals: ["x": [1, nil]], session: "s",
      options: RunOptions(
        isInteractive: true, isAside: true, isUndoable: true, showsImages: true, tellsRuns: true, columns: 80,
        lines: 24, terminal: .full, argv: ["-c", "a"]))
    #expect(try read(request.arguments, meta: request.options.meta) == request)
    let plain = RunRequest("x")
    #expect(plain.arguments == ["python_code": "x"])
    #expect(plain.options.meta.isEmpty)
    #expect(try read(plain.arguments) == plain)
  }

  @Test(
    arguments: [
      (["python_code": 1], "'python_code' must be a string"),
      (["python_code": nil], "'python_code' must be a string"),
      ([:], "'python_code' is missing"),
      (["python_code": "", "global_variables": []], "'global_variables' must be an object"),
      (["python_code": "", "session": 1], "'session' must be a string"),
      (["python_code": "", "reset": true], "there is no argument 'reset'"),
    ] as [(JSONObject, String)])
  func wrongArgumentsAreNamed(arguments: JSONObject, complaint: String) {
    #expect(throws: RPCError.invalidParams("Invalid arguments for tool run_python_code: \(complaint)")) {
      try read(arguments)
    }
  }

  @Test func theCodeIsToldOfTheTerminal() {
    #expect(RunOptions().consoleVariables.isEmpty)
    #expect(RunOptions(columns: 70).consoleVariables == ["COLUMNS": "70"])
    #expect(
      RunOptions(columns: 70, lines: 20, terminal: .palette).consoleVariables
        == ["COLUMNS": "70", "LINES": "20", "TERM": "xterm-256color", "FORCE_COLOR": "2"])
    for kind in TerminalKind.allCases {
      // The two contradict each other, and programs differ in which they believe.
      #expect((kind.variables["NO_COLOR"] == nil) != (kind.variables["FORCE_COLOR"] == nil))
    }
  }

  @Test func metaOfAnotherTypeAsksForNothing() {
    let meta: JSONObject = [
      ToolKey.interactive: "true", ToolKey.columns: 10_001, ToolKey.lines: 0, ToolKey.terminal: "xterm",
      ToolKey.argv: ["a", 1], ToolKey.runs: 1,
    ]
    #expect(RunOptions(meta: meta) == RunOptions())
  }

  @Test(arguments: [
    RunAnswer(.success(nil), output: ["a", "b"]),
    RunAnswer(.success(.init(json: [1, 2.5], representation: "(1, 2.5)")), notice: "new", session: "s"),
    RunAnswer(.success(.init(json: nil, representation: "nan")), place: .init(runs: 4, undoable: 4)),
    RunAnswer(
      .runError("Traceback"), exit: .init(status: 3, message: "no"), place: .init(runs: 0, undoable: nil)),
    RunAnswer(.runError(""), exit: .init(status: 0, message: nil)),
    RunAnswer(.installError("no such package")),
    RunAnswer(.success(nil), images: [.image(base64: "AA==", mimeType: "image/png")]),
  ])
  func answerIsReadAsItWasWritten(answer: RunAnswer) {
    let result = ToolResult(
      content: [.text("…")] + answer.images, structuredContent: answer.structuredContent, meta: answer.meta)
    #expect(RunAnswer(result) == answer)
  }

  @Test func textIsReadWhereThereIsNoStructure() {
    let text = RunAnswer(.runError("E"), output: ["a"]).structuredContent.text
    #expect(RunAnswer(ToolResult(content: [.text(text)])) == RunAnswer(.runError("E"), output: ["a"]))
    let foreign = ToolResult(content: [.text("no")], isError: true)
    #expect(RunAnswer(foreign).ending == .foreign("no", isError: true))
    #expect(RunAnswer(foreign).status == .runError)
  }
}
