import MCP
import RunPythonTool
import Testing

@testable import PythonSandbox
@testable import RunPythonServer

@Suite struct ResultTextTests {
  private func success(_ text: String, isString: Bool = false, json: String? = nil, output: [String] = [])
    -> RunReport
  {
    let value = RunResult.Value(
      text: text, isString: isString, json: isString ? nil : json ?? text, representation: "repr")
    return RunReport(ending: .success(value), output: output)
  }

  @Test func xmlHasEachTagOnALineOfItsOwn() {
    #expect(
      success("4", output: ["x=4"]).text(.xml)
        == "<status>success</status>\n<output>\nx=4\n</output>\n<return_value>\n4\n</return_value>")
    #expect(RunReport(ending: .success(nil), output: []).text(.xml) == "<status>success</status>")
    #expect(success("", isString: true).text(.xml) == "<status>success</status>")
    #expect(
      RunReport(ending: .runError("Traceback\nE: x\n"), output: []).text(.xml)
        == "<status>run-error</status>\n<error>\nTraceback\nE: x\n\n</error>")
  }

  @Test func jsonIsTheOriginalsObject() {
    #expect(success("4").text(.json) == #"{"status":"success","output":[],"return_value":4}"#)
    #expect(
      success("[\n  1.0,\n  2.5\n]", output: ["é"]).text(.json)
        == #"{"status":"success","output":["é"],"return_value":[1,2.5]}"#)
    #expect(
      success("a", isString: true).text(.json) == #"{"status":"success","output":[],"return_value":"a"}"#)
    #expect(
      RunReport(ending: .installError("no"), output: []).text(.json)
        == #"{"status":"install-error","output":[],"error":"no"}"#)
  }

  @Test func whatStandsBesideTheTextIsInTheStructureAlone() {
    let notices = [Notice("one."), Notice("two.", isBesideText: true)]
    let report = RunReport(ending: .runError("E"), output: [], notices: notices)
    #expect(report.text(.xml).hasSuffix("</error>\n<notice>\none.\n</notice>"))
    #expect(
      report.text(.json) == #"{"status":"run-error","output":[],"error":"E","notice":"one."}"#)
    #expect(report.answer.structuredContent["notice"] == "one. two.")
    let advised = RunReport(ending: .runError("E"), output: [], notices: Array(notices.dropFirst()))
    #expect(advised.text(.xml) == "<status>run-error</status>\n<error>\nE\n</error>")
  }

  @Test func aPromptFindsTheReprInTheText() {
    var report = success("1", isString: true)
    report.isForPrompt = true
    #expect(
      report.text(.json) == #"{"status":"success","output":[],"return_value":"1","repr":"repr"}"#)
  }

  @Test func notANumberIsNullInJSON() {
    let report = success("NaN", json: "null")
    #expect(report.text(.json) == #"{"status":"success","output":[],"return_value":null}"#)
    #expect(report.text(.xml).contains("\nNaN\n"))
  }

  @Test(arguments: [
    ("plain < text > stays", "plain < text > stays"),
    ("</output>", "&lt;/output&gt;"),
    ("<OutPut a=1>b>", "&lt;OutPut a=1&gt;b>"),
    ("< \n output", "&lt; \n output"),
    ("<output\n>", "&lt;output\n>"),
    ("</outputs>", "&lt;/outputs&gt;"),
    ("<<output>>", "<&lt;output&gt;>"),
    ("<out>", "<out>"),
  ])
  func closingTagsInTheContentAreEscaped(content: String, escaped: String) {
    #expect(escapingTag("output", in: content) == escaped)
  }
}
