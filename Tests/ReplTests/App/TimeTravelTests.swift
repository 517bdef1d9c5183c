import RunPythonTool
import TerminalText
import Testing

@testable import Repl

@Suite struct TimeTravelTests {
  /// A stage after runs of `x = 1`, `x = 2` and so on.
  private func stage(runs: Int) -> Stage {
    var stage = Stage(hasCheckpoints: true)
    for number in 0..<runs { stage.run("x = \(number + 1)", counted: number + 1) }
    _ = stage.takeActions()
    return stage
  }

  private func row(_ stage: Stage, _ code: String) -> String? {
    stage.text.first { $0.contains("▏ \(code) ") }
  }

  /// The role in which the code of a run is drawn.
  private func role(_ stage: Stage, _ code: String) -> Style.Role? {
    let row = stage.app.frame().rows.first { $0.plainText.contains("▏ \(code) ") }
    return row?.first { $0.text.contains("x") }?.style.role
  }

  @Test func theStatusLineSaysWhereOneStands() {
    var stage = Stage(hasCheckpoints: true)
    #expect(stage.text[23].hasPrefix(" main ● ready  mcp-run-python"))
    stage.run("x = 1", counted: 1)
    #expect(stage.text[23].hasPrefix(" main ● ready · #1  "))
    stage.ask(":fork", SessionAnswer(runs: 1, session: "s1"))
    stage.type(":session b\n")
    #expect(stage.app.session == "s1")
    #expect(stage.text[23].hasPrefix(" b ● ready · #1  "))
    stage.type("y\n")
    #expect(stage.text[23].contains(" run 2 of b · "))
    var other = Stage()
    other.run("x = 1")
    #expect(other.text[23].hasPrefix(" main ● ready  "))
  }

  @Test func whatIsUndoneIsMarkedAndBackWithItsCheckpoint() {
    var stage = stage(runs: 3)
    stage.ask(":checkpoint end", SessionAnswer(runs: 3, checkpoint: "h", bytes: 1, checkpoints: ["h"]))
    #expect(stage.takeActions() == [.session(.checkpoint(name: "end", file: nil))])
    stage.ask(":rewind 2", SessionAnswer(runs: 1, checkpoints: ["h"]))
    #expect(stage.takeActions() == [.session(.restore("-2"))])
    #expect(stage.screen.contains("The last 2 runs are undone: this is #1, after \"x = 1\"."))
    #expect(row(stage, "x = 1")?.hasSuffix("12 ms") == true)
    #expect(row(stage, "x = 2")?.hasSuffix("  undone") == true)
    #expect(row(stage, "x = 3")?.hasSuffix("  undone") == true)
    #expect(role(stage, "x = 1") != .dim && role(stage, "x = 2") == .dim)
    #expect(stage.text[23].hasPrefix(" main ● ready · #1 "))
    stage.type(":save a.py\n")
    #expect(stage.takeActions() == [.save(path: "a.py", text: "x = 1\n")])

    stage.ask(":rewind end", SessionAnswer(runs: 3, checkpoints: ["h"]))
    #expect(stage.takeActions() == [.session(.restore("h"))])
    #expect(row(stage, "x = 3")?.hasSuffix("12 ms") == true)
    #expect(role(stage, "x = 3") != .dim)
  }

  @Test func outputOfAnUndoneRunIsDimToo() {
    var stage = Stage(hasCheckpoints: true)
    stage.type("f(x)\n")
    stage.send(.log(.standardOutput, text: "printed x", isPartial: false))
    stage.send(.runFinished(1, RunOutcome(.value("'value x'"), duration: .zero, place: RunPlace(after: 1))))
    stage.ask(":rewind", SessionAnswer(runs: 0))
    let rows = stage.app.frame().rows.filter {
      $0.plainText.hasPrefix("      printed") || $0.plainText.hasPrefix("      'val")
    }
    #expect(rows.count == 2)
    for row in rows { #expect(row.dropFirst().first?.style.role == .dim) }
  }

  @Test func runsOfAnotherSessionAreMarked() {
    var stage = stage(runs: 1)
    stage.ask(":fork", SessionAnswer(runs: 1, session: "s1"))
    stage.run("x = 5", counted: 2)
    stage.type(":session b\n")
    #expect(row(stage, "x = 5")?.hasSuffix("  in main") == true)
    #expect(row(stage, "x = 1")?.hasSuffix("12 ms") == true)
    stage.run("x = 6", counted: 2)
    stage.type(":session main\n")
    #expect(row(stage, "x = 5")?.hasSuffix("12 ms") == true)
    #expect(row(stage, "x = 6")?.hasSuffix("  in b") == true)
  }

  @Test func aRunWhoseInterpreterWasReplacedIsMarked() {
    var stage = stage(runs: 1)
    stage.run("x = 9", .failure("It was ended."), counted: 1)
    #expect(row(stage, "x = 9")?.hasSuffix("  undone") == true)
    #expect(stage.text[23].hasPrefix(" main ● ready · #1 "))
  }

  @Test func blocksWaitForTheAnswerToASessionRequest() {
    var stage = stage(runs: 2)
    stage.type(":rewind\n")
    _ = stage.takeActions()
    stage.pass(seconds: 1.2)
    #expect(stage.text[23].contains(" rewinding · 1.2 s"))
    stage.type(":rewind\n")
    #expect(stage.screen.contains("It is rewinding; wait for its end."))
    stage.press(.control("c"))
    #expect(stage.screen.contains("It cannot be interrupted while it is rewinding"))
    stage.type("x\n")
    #expect(stage.takeActions().isEmpty)
    stage.send(.sessionAnswered(SessionAnswer(runs: 1)))
    #expect(stage.takeActions() == [.run(typedRun(number: 3, code: "x"))])
    #expect(stage.text[23].contains(" run 2 · "))
  }

  @Test func nothingIsUndoneWhileSomethingRuns() {
    var stage = stage(runs: 1)
    stage.type("f()\n")
    _ = stage.takeActions()
    for command in [":rewind", ":checkpoint", ":fork", ":session main"] {
      stage.type(command + "\n")
      #expect(stage.screen.contains("A run is going on; Ctrl-C cancels it."))
    }
    stage.type(":checkpoints\n")
    #expect(stage.screen.contains("There is no checkpoint yet"))
    #expect(stage.takeActions().isEmpty)
  }

  @Test func whatTheServerRefusesChangesNothing() {
    var stage = stage(runs: 2)
    stage.type(":checkpoint --save /none/x\n")
    #expect(stage.takeActions() == [.session(.checkpoint(name: "#2", file: "/none/x"))])
    stage.send(.sessionRefused("It cannot be written."))
    #expect(stage.screen.contains("It cannot be written."))
    #expect(stage.app.sessions.checkpointNames.isEmpty)
    #expect(stage.text[23].hasPrefix(" main ● ready · #2 "))
    stage.run("x = 3", counted: 3)
    #expect(stage.text[23].hasPrefix(" main ● ready · #3 "))
  }

  @Test func theServersEndTakesThemAlong() {
    var stage = stage(runs: 2)
    stage.ask(":rewind", SessionAnswer(runs: 1))
    stage.ask(":checkpoint a", SessionAnswer(runs: 1, checkpoint: "h", bytes: 1, checkpoints: ["h"]))
    stage.type(":restart\n")
    #expect(stage.screen.contains("Its checkpoints and forks are gone with it"))
    stage.connect(hasCheckpoints: true)
    #expect(stage.text[23].hasPrefix(" main ● ready  "))
    stage.type(":checkpoints\n:rewind\n")
    #expect(stage.screen.contains("There is no checkpoint yet"))
    #expect(stage.screen.contains("There is no run to undo."))
    stage.run("x = 9", counted: 1)
    stage.send(.resized(Size(columns: 80, rows: 50)))
    #expect(row(stage, "x = 2")?.hasSuffix("  undone") == true)
    #expect(row(stage, "x = 1")?.hasSuffix("12 ms") == true)
    #expect(row(stage, "x = 9")?.hasSuffix("12 ms") == true)
  }

  @Test func anAnswerAfterARestartIsNobodys() {
    var stage = stage(runs: 2)
    stage.type(":rewind\n:restart\n")
    stage.connect(hasCheckpoints: true)
    stage.send(.sessionAnswered(SessionAnswer(runs: 1)))
    stage.send(.sessionRefused("There is no server."))
    #expect(!stage.screen.contains("undone") && !stage.screen.contains("There is no server."))
  }

  @Test func aServerWithoutThemIsToldOf() {
    var stage = Stage()
    for command in [":checkpoint", ":rewind 2", ":fork", ":session main", ":checkpoints"] {
      stage.type(":clear console\n\(command)\n")
      #expect(stage.screen.contains("This server has no checkpoints."))
    }
    #expect(stage.takeActions().isEmpty)
  }

  @Test func forgettingVariablesCountsAsARun() {
    var stage = stage(runs: 1)
    stage.type(":reset\n")
    stage.send(.variablesReset(RunPlace(after: 2)))
    #expect(stage.screen.contains("All variables are forgotten."))
    #expect(stage.text[23].hasPrefix(" main ● ready · #2 "))
    _ = stage.takeActions()
    stage.type(":rewind\n")
    #expect(stage.takeActions() == [.session(.restore("-1"))])
  }
}
