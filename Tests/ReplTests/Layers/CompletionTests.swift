import RunPythonTool
import TerminalText
import Testing

@testable import Repl

@Suite struct CompletionTests {
  private func completed(_ text: String, _ items: [String], from start: Int = 0) -> Stage {
    var stage = Stage()
    stage.type(text)
    stage.press(.named(.tab))
    let cursor = text.unicodeScalars.count
    stage.send(
      .completions(
        CompletionList(
          request: CompletionRequest(text: text, cursor: cursor), range: start..<cursor, items: items)))
    return stage
  }

  @Test func tabAsksForNames() {
    var stage = Stage()
    stage.type("os.pa")
    stage.press(.named(.tab))
    #expect(stage.takeActions() == [.complete(CompletionRequest(text: "os.pa", cursor: 5))])
  }

  @Test func tabIndentsAtALinesStart() {
    var stage = Stage()
    stage.press(.named(.tab))
    stage.type(" ")
    stage.press(.named(.tab))
    #expect(stage.buffer == String(repeating: " ", count: 8))
    stage.press(.named(.backTab))
    #expect(stage.buffer == "    ")
    stage.type(" ")
    stage.press(.named(.backTab))
    #expect(stage.buffer == "    ")
    stage.type("x")
    stage.press(.named(.backTab))
    #expect(stage.buffer == "    x")
    #expect(stage.takeActions().isEmpty)
  }

  @Test func oneNameIsTakenAtOnce() {
    let stage = completed("x = le", ["len("], from: 4)
    #expect(stage.buffer == "x = len(")
    #expect(stage.app.prompt.completions == nil)
  }

  @Test func whatAllHaveInCommonIsPutIn() {
    let stage = completed("os.get", ["os.getcwd(", "os.getcwdb("])
    #expect(stage.buffer == "os.getcwd")
    #expect(stage.app.prompt.completions?.shown.count == 2)
  }

  @Test func keysChoose() {
    var stage = completed("a", ["abc", "ade", "axy"])
    #expect(stage.text[20].hasPrefix(" abc"))
    stage.press(.named(.down), .named(.tab), .named(.up), .named(.enter))
    #expect(stage.buffer == "ade")
    #expect(stage.app.prompt.completions == nil)
    #expect(stage.takeActions().count == 1)
  }

  @Test func typingNarrowsAndLeavingCloses() {
    var stage = completed("a", ["abc", "ade", "adf"])
    stage.type("d")
    #expect(stage.app.prompt.completions?.shown == ["ade", "adf"])
    stage.press(.named(.backspace))
    #expect(stage.app.prompt.completions?.shown.count == 3)
    stage.type("z")
    #expect(stage.app.prompt.completions == nil)
    stage = completed("a", ["abc", "ade"])
    stage.type(".")
    #expect(stage.app.prompt.completions == nil)
    #expect(stage.buffer == "a.")
    stage = completed("a", ["abc", "ade"])
    stage.press(.named(.escape))
    #expect(stage.app.prompt.completions == nil && stage.buffer == "a")
    #expect(stage.pressed.last != .named(.escape))
  }

  @Test func tabTakesTheOnlyOneThatIsLeft() {
    var stage = completed("a", ["abc", "ade"])
    stage.type("d")
    stage.press(.named(.tab))
    #expect(stage.buffer == "ade")
    #expect(stage.app.prompt.completions == nil)
  }

  @Test func anAnswerThatComesTooLateIsDropped() {
    var stage = Stage()
    stage.type("a")
    stage.press(.named(.tab))
    stage.type("b")
    let request = CompletionRequest(text: "a", cursor: 1)
    stage.send(.completions(CompletionList(request: request, range: 0..<1, items: ["abc", "ade"])))
    #expect(stage.app.prompt.completions == nil)
    #expect(stage.buffer == "ab")
  }

  @Test func aNonsenseRangeDoesNoHarm() {
    var stage = Stage()
    stage.type("ab")
    stage.press(.named(.tab))
    let request = CompletionRequest(text: "ab", cursor: 2)
    stage.send(.completions(CompletionList(request: request, range: 5..<9, items: ["x"])))
    #expect(stage.buffer == "ab")
  }

  @Test func commandsCompleteThemselves() {
    var stage = Stage()
    stage.type(":his")
    stage.press(.named(.tab))
    #expect(stage.buffer == ":history")
    stage.press(.control("c"))
    stage.type(":filter sta")
    stage.press(.named(.tab))
    #expect(stage.buffer == ":filter status:")
    #expect(stage.app.prompt.completions?.shown.count == 4)
    #expect(stage.takeActions().isEmpty)
  }

  @Test func checkpointsAndSessionsCompleteTheirNames() {
    var stage = Stage(hasCheckpoints: true)
    stage.run("x = 1")
    stage.ask(":checkpoint before", SessionAnswer(runs: 1, checkpoint: "h1", checkpoints: ["h1"]))
    stage.ask(":fork other", SessionAnswer(runs: 1, session: "s1"))
    for (typed, completed) in [
      (":rewind b", ":rewind before"), (":session o", ":session other"),
      (":checkpoint -", ":checkpoint --save"),
      (":checkpoint before -", ":checkpoint before --save"), (":checkpoints", ":checkpoints"),
    ] {
      stage.type(typed)
      stage.press(.named(.tab))
      #expect(stage.buffer == completed)
      stage.press(.control("c"))
    }
  }

  @Test func manyNamesScroll() {
    var stage = completed("n", (0..<500).map { "name\($0)" })
    stage.press(.named(.up))
    #expect(stage.screen.contains("500/500"))
    #expect(stage.screen.contains("name499"))
    #expect(stage.app.frame().rows.count == 24)
  }
}
