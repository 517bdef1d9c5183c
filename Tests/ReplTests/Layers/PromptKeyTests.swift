import TerminalText
import Testing

@testable import Repl

@Suite struct PromptKeyTests {
  @Test func enterRunsWhatIsComplete() {
    var stage = Stage()
    stage.type("1 + 1\n")
    #expect(stage.takeActions() == [.run(typedRun(number: 1, code: "1 + 1"))])
    #expect(stage.buffer.isEmpty)
    #expect(stage.screen.contains("  1 ▏ 1 + 1"))
    stage.send(.runFinished(1, RunOutcome(.value("2"), duration: .milliseconds(3))))
    #expect(stage.screen.contains("\n      2\n"))
    #expect(stage.screen.contains("3.0 ms"))
  }

  @Test func enterAddsIndentedLinesUntilABlankOne() {
    var stage = Stage()
    stage.type("def f(x):\nif x:\nreturn [\n1]\n")
    #expect(stage.buffer == "def f(x):\n    if x:\n        return [\n            1]\n    ")
    #expect(stage.takeActions().isEmpty)
    stage.type("\n")
    #expect(
      stage.takeActions() == [
        .run(typedRun(number: 1, code: "def f(x):\n    if x:\n        return [\n            1]"))
      ])
  }

  @Test func altEnterAlwaysAddsALine() {
    var stage = Stage()
    stage.type("x = 1")
    stage.press(.altNamed(.enter))
    stage.type("y = 2")
    #expect(stage.buffer == "x = 1\ny = 2")
    stage.press(.named(.enter))
    #expect(stage.takeActions() == [.run(typedRun(number: 1, code: "x = 1\ny = 2"))])
  }

  @Test func enterAboveTheLastLineAddsALine() {
    var stage = Stage()
    stage.press(.paste("if x:\n    y\nz = 1"), .named(.home), .named(.enter))
    #expect(stage.buffer == "\nif x:\n    y\nz = 1")
    #expect(stage.takeActions().isEmpty)
  }

  @Test(arguments: ["", "   ", "\n", " \n  "])
  func nothingIsNotRun(_ text: String) {
    var stage = Stage()
    stage.press(.paste(text), .named(.enter))
    #expect(stage.takeActions().isEmpty)
    #expect(stage.buffer.isEmpty)
  }

  @Test(.timeLimit(.minutes(1))) func aLongPasteIsVerbatim() {
    var stage = Stage()
    let source = (0..<1000).map { "def f\($0)(x):\n\treturn x + \($0)  # é\n" }.joined()
    stage.press(.paste(source))
    #expect(stage.buffer == source)
    stage.press(.named(.enter))
    #expect(stage.takeActions() == [.run(typedRun(number: 1, code: String(source.dropLast())))])
  }

  @Test(arguments: [
    Key.named(.up), .named(.down), .control("a"), .control("d"), .alt("b"), .named(.left), .character("é"),
    .named(.escape),
  ])
  func theEditorGetsItsKeys(_ key: Key) {
    var stage = Stage()
    stage.type("x")
    stage.press(key)
    #expect(stage.pressed.last == key)
  }

  @Test func controlDLeavesAnEmptyPrompt() {
    var stage = Stage()
    stage.press(.control("d"))
    #expect(stage.takeActions() == [.quit])
  }

  @Test(arguments: ["exit", "exit()", "quit ()", ":quit", ":q"])
  func theseLeaveToo(_ text: String) {
    var stage = Stage()
    stage.type(text + "\n")
    #expect(stage.takeActions() == [.quit])
  }

  @Test func leavingDuringARunIsAsked() {
    var stage = Stage()
    stage.type("f()\n")
    _ = stage.takeActions()
    stage.press(.control("d"), .character("n"), .control("d"))
    #expect(stage.takeActions().isEmpty)
    stage.press(.character("y"))
    #expect(stage.takeActions() == [.quit])
  }

  @Test func controlRSearchesInTheEditor() {
    var stage = Stage()
    stage.press(.control("r"), .character("x"))
    #expect(stage.text[21].hasPrefix("── (search back) 'x' Enter takes it"))
    #expect(stage.text[22] == ">>> found_x")
    stage.press(.named(.tab), .control("r"), .character("y"), .named(.enter))
    #expect(stage.pressed.suffix(4) == [.named(.tab), .control("r"), .character("y"), .named(.enter)])
    #expect(stage.buffer == "found_y")
    #expect(stage.takeActions().isEmpty)
    stage.press(.named(.enter))
    #expect(stage.takeActions() == [.run(typedRun(number: 1, code: "found_y"))])
  }

  @Test(arguments: [Key.control("c"), .control("g")])
  func aSearchIsGivenUp(_ key: Key) {
    var stage = Stage()
    stage.press(.control("r"), .character("x"), key)
    #expect(stage.buffer.isEmpty)
    #expect(!stage.app.prompt.isSearching)
    #expect(stage.takeActions().isEmpty)
  }

  @Test func namesAreInspected() {
    var stage = Stage()
    stage.type("len?\nos.path??\n")
    #expect(
      stage.takeActions() == [
        .inspect(name: "len", withSource: false), .inspect(name: "os.path", withSource: true),
      ])
    stage.send(.answer(Answer(.python, "def len(obj, /): ...")))
    #expect(stage.screen.contains("def len(obj, /): ..."))
  }

  @Test func theCursorIsWhereTheEditorHasIt() {
    var stage = Stage(60, 15)
    stage.type("x = '日本")
    #expect(stage.app.frame().cursor == Position(column: 13, row: 13))
    stage.press(.named(.left))
    #expect(stage.app.frame().cursor == Position(column: 11, row: 13))
    stage.press(.named(.home))
    stage.press(.paste("if x:\n\ty\n"))
    #expect(stage.app.frame().cursor == Position(column: 4, row: 13))
    stage.press(.paste(String(repeating: "z", count: 56)))
    #expect(stage.app.frame().cursor == Position(column: 0, row: 13))
  }

  @Test func aLongBufferShowsTheLinesAroundTheCursor() {
    var stage = Stage()
    stage.press(.paste((0..<100).map { "line\($0)" }.joined(separator: "\n")))
    #expect(stage.app.layout.prompt.rows == 10)
    #expect(stage.text[22] == "... line99" && stage.text[13] == "... line90")
    stage.press(.named(.home))
    #expect(stage.text[13] == ">>> line0" && stage.app.frame().cursor?.row == 13)
  }

  @Test func bracketsAtTheCursorAreMarked() {
    var stage = Stage()
    stage.type("f(x)")
    let row = stage.app.frame().rows[22]
    #expect(row.filter { $0.style.role == .bracketMatch }.map(\.text) == ["(", ")"])
  }

  @Test func aServerWithoutPythonTakesCommandsOnly() {
    var stage = Stage()
    stage.send(
      .server(
        .connected(ServerDetails(name: "other", version: "1", revision: "2024-11-05", runsPython: false))))
    stage.type("1 + 1\n:tools\n")
    #expect(stage.takeActions() == [.listTools])
    #expect(stage.screen.contains("This server does not run Python."))
  }
}
