import SystemSupport
import Testing

@testable import PythonSandbox

@Suite struct RunResultTests {
  @Test func decodesASuccess() {
    #expect(RunResult(guestText: #"{"status":"success"}"#)?.outcome == .success(nil))
    #expect(
      RunResult(guestText: #"{"status":"success","value":"[1]","repr":"[1]"}"#)?.outcome
        == .success(.init(text: "[1]", isString: false, json: "[1]", representation: "[1]")))
    #expect(
      RunResult(guestText: #"{"status":"success","value":"a","bare":true,"repr":"'a'"}"#)?.outcome
        == .success(.init(text: "a", isString: true, json: nil, representation: "'a'")))
    #expect(
      RunResult(guestText: #"{"status":"success","value":"NaN","strict":"null","repr":"nan"}"#)?.outcome
        == .success(.init(text: "NaN", isString: false, json: "null", representation: "nan")))
  }

  @Test func decodesAnError() {
    #expect(RunResult(guestText: #"{"status":"run-error","error":"E"}"#)?.outcome == .error(traceback: "E"))
  }

  @Test func adviceIsOneBoundedLineAboutAnError() {
    func advice(_ text: String) -> String? { RunResult(guestText: text)?.advice }
    #expect(advice(#"{"status":"run-error","error":"E","advice":"do\nthis"}"#) == #"do\nthis"#)
    #expect(advice(#"{"status":"run-error","error":"E","advice":null}"#) == nil)
    #expect(advice(#"{"status":"success","advice":"this"}"#) == nil)
    let long = String(repeating: "x", count: 10_000)
    #expect(advice(#"{"status":"run-error","error":"E","advice":"\#(long)"}"#)?.count == 501)
  }

  @Test(arguments: [
    "", "1", "[]", "{}", "null", #"{"status":"run-error"}"#, #"{"status":"install-error","error":"E"}"#,
    #"{"status":"success","value":1}"#, #"{"status":true}"#, "{\"status\":\"success\"", "\u{0}",
  ])
  func refusesWhatTheRunnerDoesNotMake(text: String) {
    #expect(RunResult(guestText: text) == nil)
  }

  @Test(
    arguments: [
      (.killed, "KeyboardInterrupt"),
      (.timedOut(after: .seconds(60)), "TimeoutError: the code ran longer than 60 seconds"),
      (.tooLarge(megabytes: 512), "MemoryError: the interpreter had more than 512 MB"),
      (.died(reason: "x"), "x\n"),
    ] as [(RunResult.Loss, String)])
  func everyLossIsToldAsAnError(loss: RunResult.Loss, words: String) {
    guard case .error(let traceback) = RunResult.lost(loss).outcome else {
      Issue.record("no error")
      return
    }
    #expect(traceback.contains(words))
    #expect(traceback.hasSuffix("\n"))
  }

  @Test(arguments: [
    (Duration.seconds(1), "1 second"), (.seconds(60), "60 seconds"), (.milliseconds(500), "0.5 seconds"),
  ])
  func durationsAreWords(duration: Duration, words: String) {
    #expect(duration.inWords == words)
  }
}
