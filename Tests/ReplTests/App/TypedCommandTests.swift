import MCP
import TerminalText
import Testing
import Traffic

@testable import Repl

@Suite struct TypedCommandTests {
  @Test(arguments: [
    (":reset", AppAction.resetVariables), (":restart", .restartInterpreter), (":deps", .showDependencies),
    (":vars", .showVariables), (":run a.py", .load(path: "a.py")), (":history", .showHistory(matching: "")),
    (":history def f", .showHistory(matching: "def f")), (":trace t.jsonl", .trace(path: "t.jsonl")),
    (":send {\"a\": 1}", .send("{\"a\": 1}")), (":send not json", .send("not json")), (":tools", .listTools),
    (":ping", .ping), (":call f", .callTool(name: "f", arguments: [:])),
    (":call f {\"a\": [1]}", .callTool(name: "f", arguments: ["a": [1]])),
  ])
  func commandsBecomeActions(_ text: String, _ action: AppAction) {
    var stage = Stage()
    stage.type(text + "\n")
    #expect(stage.takeActions() == [action])
    #expect(stage.screen.contains("    ▏ " + text))
  }

  @Test(arguments: [
    (":call f {", "The arguments are not JSON"), (":call f [1]", "The arguments must be a JSON object"),
    (":clear nothing", "There is no pane \"nothing\""), (":copy", "There is no value yet"),
    (":trace", "No trace is being written"),
    (":nope", "There is no command \":nope\""),
  ])
  func errorsAreTold(_ text: String, _ sentence: String) {
    var stage = Stage()
    stage.type(text + "\n")
    #expect(stage.takeActions().isEmpty)
    #expect(stage.screen.contains(sentence))
  }

  @Test func theLastValueIsCopied() {
    var stage = Stage()
    stage.run("1 + 1", .value("2"))
    stage.run("None")
    _ = stage.takeActions()
    stage.type(":copy\n:copy console\n")
    let actions = stage.takeActions()
    #expect(actions.first == .copy("2"))
    #expect(actions.last == .copy(">>> 1 + 1\n2\n\n>>> None\n\n>>> :copy\n\n>>> :copy console\n"))
  }

  @Test func theSessionIsSavedByItsEnding() {
    var stage = Stage()
    stage.run("x = 1")
    stage.run("x", .value("1"))
    stage.message(.sent, "{}")
    _ = stage.takeActions()
    stage.type(":save a.py\n:save a.jsonl\n:save a.txt\n")
    let saved = stage.takeActions().compactMap { if case .save(_, let text) = $0 { text } else { nil } }
    #expect(saved[0] == "x = 1\nx\n")
    #expect(saved[1].contains("\"direction\":\"sent\""))
    #expect(saved[2].hasPrefix(">>> x = 1\n\n>>> x\n1\n"))
  }

  @Test func aFileIsRunAsOne() {
    var stage = Stage()
    stage.send(.loaded(path: "a.py", text: "x = 1\nx"))
    #expect(stage.takeActions() == [.run(typedRun(number: 1, code: "x = 1\nx", isInteractive: false))])
    #expect(stage.screen.contains("    ▏ :run a.py"))
  }

  @Test func panesAreEmptied() {
    var stage = Stage()
    stage.run("x = 1")
    stage.send(.log(.standardOutput, text: "text", isPartial: false))
    stage.type(":clear stdout\n:clear\n")
    #expect(stage.text[1].isEmpty || stage.text[1].contains(":clear") == false)
    #expect(stage.app.streams[.standardOutput]?.ring.count == 0)
    #expect(stage.app.console.ring.count == 0)
  }

  @Test func allPanesAreEmptiedAtOnce() {
    var stage = Stage()
    stage.run("x = 1")
    for stream in [LogStream.standardOutput, .standardError, .other("server")] {
      stage.send(.log(stream, text: "text", isPartial: false))
    }
    stage.type(":clear all\n")
    #expect(stage.app.streams.values.allSatisfy { $0.ring.count == 0 })
    #expect(stage.app.console.ring.count == 0)
    #expect(stage.app.traffic.log.count == 0)
  }

  @Test func thePaletteDoesOrPrepares() {
    var stage = Stage()
    stage.press(.control("p"))
    stage.type("tools")
    stage.press(.named(.enter))
    #expect(stage.takeActions() == [.listTools])
    stage.press(.control("p"))
    stage.type("filter")
    stage.press(.named(.enter))
    #expect(stage.buffer == ":filter ")
    stage.press(.control("p"))
    stage.type("call")
    stage.press(.named(.enter))
    #expect(stage.buffer == ":filter ")
    #expect(stage.screen.contains("The prompt is in use"))
    stage.press(.control("p"), .named(.escape))
    #expect(stage.app.layers[Palette.self] == nil)
  }

  @Test func aTraceIsShownAndEnded() {
    var stage = Stage()
    stage.type(":trace t.jsonl\n")
    #expect(stage.text[23].contains("trace t.jsonl"))
    stage.type(":trace\n")
    #expect(stage.takeActions() == [.trace(path: "t.jsonl"), .trace(path: nil)])
  }

  @Test func aReplayHasNoServer() {
    var stage = Stage(connected: false)
    stage.send(.server(.replaying(file: "t.jsonl")))
    #expect(stage.text[23].contains("replay t.jsonl"))
    stage.type("1\n:send {}\n")
    #expect(stage.takeActions().isEmpty)
    #expect(!stage.app.isAnimated)
  }
}
