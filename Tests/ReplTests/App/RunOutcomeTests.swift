import MCP
import Repl
import RunPythonTool
import Testing

@Suite struct RunOutcomeTests {
  private func value(_ answer: RunAnswer) -> String? {
    if case .value(let value) = RunOutcome.Ending(answer) { value } else { nil }
  }

  private func failure(_ answer: RunAnswer) -> String? {
    if case .failure(let text) = RunOutcome.Ending(answer) { text } else { nil }
  }

  @Test func structuredContentGivesTheRepr() {
    let result = ToolResult(
      content: [.text("…")],
      structuredContent: [
        "status": "success", "output": ["a"], "return_value": "x", "repr": "'x'", "notice": "new",
      ])
    let answer = RunAnswer(result)
    #expect(value(answer) == "'x'")
    #expect(answer.output == ["a"])
    #expect(answer.notice == "new")
  }

  @Test func textAloneIsReadAsOurJSON() {
    #expect(
      value(RunAnswer(ToolResult(content: [.text(#"{"status":"success","return_value":[1]}"#)]))) == "[1]")
    #expect(
      value(RunAnswer(ToolResult(content: [.text(#"{"status":"success","return_value":null}"#)]))) == nil)
    #expect(failure(RunAnswer(ToolResult(content: [.text(#"{"status":"run-error","error":"E"}"#)]))) == "E")
    #expect(
      failure(RunAnswer(ToolResult(content: [.text(#"{"status":"install-error","error":"E"}"#)])))
        == "install-error: E")
  }

  @Test func codeThatEndsItselfIsNoFailure() {
    let exit: JSON = ["status": 3, "message": "no such table"]
    let result = ToolResult(
      content: [.text("…")],
      structuredContent: ["status": "run-error", "output": [], "error": "SystemExit: 3"],
      meta: [ToolKey.exit: exit])
    #expect(RunOutcome.Ending(RunAnswer(result)) == .exit(status: 3, message: "no such table"))
  }

  @Test func anotherServersTextIsShownAsItIs() {
    let good = "<status>success</status>\n<return_value>\n4\n</return_value>"
    #expect(value(RunAnswer(ToolResult(content: [.text(good)]))) == good)
    let bad = "<status>run-error</status>"
    #expect(failure(RunAnswer(ToolResult(content: [.text(bad)]))) == bad)
    #expect(failure(RunAnswer(ToolResult(content: [.text("no")], isError: true))) == "no")
  }
}
