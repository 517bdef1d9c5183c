import TerminalText
import Testing

@testable import Repl

@Suite struct RunTests {
  private var busy: Stage {
    var stage = Stage()
    stage.type("f()\n")
    _ = stage.takeActions()
    return stage
  }

  @Test func controlCDropsTheBlock() {
    var stage = Stage()
    stage.type("abc")
    stage.press(.control("c"))
    #expect(stage.buffer.isEmpty)
    #expect(stage.takeActions().isEmpty)
  }

  @Test func controlCCancelsARun() {
    var stage = busy
    stage.type("later")
    stage.press(.control("c"))
    #expect(stage.takeActions() == [.cancelRun])
    #expect(stage.buffer == "later")
    stage.send(.runFinished(1, RunOutcome(.cancelled, duration: .seconds(1))))
    #expect(stage.screen.contains("KeyboardInterrupt"))
    #expect(stage.app.runs.current == nil)
  }

  @Test func aSecondOneAsksToRestart() {
    var stage = busy
    stage.press(.control("c"))
    stage.pass(seconds: 1.5)
    stage.press(.control("c"))
    #expect(stage.screen.contains("Restart the interpreter?"))
    stage.press(.character("x"), .named(.enter))
    #expect(stage.takeActions() == [.cancelRun])
    stage.press(.character("y"))
    #expect(stage.takeActions() == [.restartInterpreter])
  }

  @Test func aLateOneCancelsAgain() {
    var stage = busy
    stage.press(.control("c"))
    stage.pass(seconds: 2.5)
    stage.press(.control("c"))
    #expect(stage.takeActions() == [.cancelRun, .cancelRun])
    #expect(!stage.screen.contains("Restart the interpreter?"))
  }

  @Test func theQuestionGoesAwayWithItsRun() {
    var stage = busy
    stage.press(.control("c"), .control("c"))
    stage.send(.runFinished(1, RunOutcome(.cancelled, duration: .seconds(1))))
    stage.type("y")
    #expect(stage.buffer == "y")
    #expect(stage.takeActions() == [.cancelRun])
  }

  @Test func aBlockWaitsForTheRun() {
    var stage = busy
    stage.type("g()\n")
    #expect(stage.buffer.isEmpty)
    #expect(stage.screen.contains("The block waits for the run to end."))
    #expect(stage.takeActions().isEmpty)
    stage.send(.runFinished(1, RunOutcome(.value(nil), duration: .seconds(1))))
    #expect(stage.takeActions() == [.run(typedRun(number: 2, code: "g()"))])
    #expect(!stage.screen.contains("waits"))
  }

  @Test func blocksWaitInOrder() {
    var stage = busy
    stage.type("g()\nh()\nexit()\ndraft")
    #expect(stage.screen.contains("3 blocks wait for the run to end."))
    for (number, code) in [(1, "g()"), (2, "h()")] {
      stage.send(.runFinished(number, RunOutcome(.failure("x"), duration: .seconds(1))))
      #expect(stage.takeActions() == [.run(typedRun(number: number + 1, code: code))])
    }
    #expect(stage.buffer == "draft")
    stage.send(.runFinished(3, RunOutcome(.value(nil), duration: .seconds(1))))
    #expect(stage.takeActions() == [.quit])
  }

  @Test func controlCGivesBlocksThatWaitBack() {
    var stage = busy
    stage.type("g()\nh()\ndraft")
    stage.press(.control("c"))
    #expect(stage.takeActions() == [.cancelRun])
    #expect(stage.buffer == "g()\nh()\ndraft")
    stage.send(.runFinished(1, RunOutcome(.cancelled, duration: .seconds(1))))
    #expect(stage.takeActions().isEmpty)
  }

  @Test func aQuestionLeavesBlocksThatWaitAlone() {
    var stage = busy
    stage.type("g()\ndraft")
    stage.send(.inputRequested(InputRequest(id: 1, prompt: "? ")))
    stage.type("half an answer")
    stage.press(.control("c"))
    #expect(stage.buffer == "g()\ndraft")
  }

  @Test func aBlockWaitsForTheServer() {
    var stage = Stage(connected: false)
    stage.type("g()\n")
    #expect(stage.screen.contains("The block waits for the server."))
    stage.press(.control("c"))
    #expect(stage.buffer == "g()")
    stage.type("\n")
    #expect(stage.takeActions().isEmpty)
    stage.send(.server(.connected(ServerDetails(name: "x", version: "1", revision: "2025-11-25"))))
    #expect(stage.takeActions() == [.run(typedRun(number: 1, code: "g()"))])
  }

  @Test func aBlockOutlivesItsServer() {
    var stage = busy
    stage.type("g()\n")
    stage.send(.server(.disconnected(reason: "It ended.")))
    #expect(stage.buffer == "g()")
    stage.press(.control("c"))
    stage.type(":restart\n1\n")
    #expect(stage.takeActions() == [.restartInterpreter])
    #expect(stage.screen.contains("The block waits for the server."))
  }

  @Test func displayedValuesStandInTheConsoleAlone() {
    var stage = busy
    stage.send(.log(.standardOutput, text: "printed", isPartial: false))
    stage.send(.log(.value, text: "[1,\u{1b}[2J 2\u{7}]", isPartial: false))
    #expect(stage.screen.contains("      printed\n      [1, 2^G]"))
    #expect(stage.app.ring(of: .standardOutput)?.plainText == "-- run 1 --\nprinted\n")
  }

  @Test func theHintToRestartGoesWithTheRun() {
    var stage = busy
    stage.press(.control("c"))
    #expect(stage.screen.contains("Cancelling."))
    stage.send(.runFinished(1, RunOutcome(.cancelled, duration: .seconds(1))))
    #expect(!stage.screen.contains("Cancelling."))
  }

  @Test func commandsWorkDuringARun() {
    var stage = busy
    stage.type(":cancel\n")
    #expect(stage.takeActions() == [.cancelRun])
    stage.type(":time 1\n")
    #expect(stage.takeActions().isEmpty)
    #expect(stage.screen.contains("A run is going on"))
  }

  @Test func theStatusLineCountsTheTime() {
    var stage = busy
    #expect(stage.app.isAnimated)
    stage.pass(seconds: 3.2)
    #expect(stage.text[23].contains("run 1 · 3.2 s"))
    let first = stage.text[23]
    stage.pass(seconds: 0.1)
    #expect(stage.text[23] != first)
    stage.send(.runFinished(1, RunOutcome(.value(nil), duration: .seconds(3))))
    #expect(stage.text[23].contains("ready"))
    #expect(!stage.app.isAnimated)
  }

  @Test func inputTurnsThePromptIntoAnAnswer() {
    var stage = busy
    stage.type("draft")
    stage.send(.inputRequested(InputRequest(id: 4, prompt: "one\ntwo? ")))
    #expect(stage.text[22] == "two?")
    #expect(stage.screen.contains("one\n"))
    #expect(stage.buffer.isEmpty)
    stage.type("def f(:\n")
    #expect(stage.takeActions() == [.answerInput(id: 4, "def f(:")])
    #expect(stage.buffer == "draft")
    #expect(stage.screen.contains("two? def f(:"))
    #expect(stage.text[22] == ">>> draft")
  }

  @Test func inputCanEndOrBeCancelled() {
    var stage = busy
    stage.send(.inputRequested(InputRequest(id: 1, prompt: "? ")))
    stage.press(.control("d"))
    #expect(stage.takeActions() == [.answerInput(id: 1, nil)])
    stage.send(.inputRequested(InputRequest(id: 2, prompt: "? ")))
    stage.type("abc")
    stage.press(.control("c"))
    #expect(stage.takeActions() == [.cancelRun])
    #expect(stage.buffer.isEmpty && stage.text[22] == ">>>")
    stage.send(.inputRequested(InputRequest(id: 3, prompt: "? ")))
    stage.send(.inputWithdrawn(id: 2))
    #expect(stage.text[22] == "?")
    stage.send(.inputWithdrawn(id: 3))
    #expect(stage.text[22] == ">>>")
  }

  @Test func aServerThatDiesEndsTheRun() {
    var stage = busy
    stage.send(.server(.disconnected(reason: "exited with status 3\u{1b}[2J")))
    #expect(stage.app.runs.current == nil)
    #expect(stage.screen.contains("The server is gone: exited with status 3^[[2J"))
    stage.type("1\n")
    #expect(stage.takeActions().isEmpty)
  }

  @Test func whatIsTypedRunsWhenALateResultComes() {
    var stage = busy
    stage.send(.runFinished(7, RunOutcome(.value("'stray'"), duration: .zero)))
    #expect(stage.app.runs.current?.number == 1)
  }

  @Test func exactTiming() {
    var stage = Stage()
    stage.type(":time f()\n")
    #expect(stage.takeActions() == [.run(typedRun(number: 1, code: "f()"))])
    stage.send(.runFinished(1, RunOutcome(.value(nil), duration: .microseconds(12_345))))
    #expect(stage.screen.contains("time: 12,345 µs"))
  }
}
