import TerminalText
import Testing

@testable import Repl

@Suite struct PaneTests {
  private func flooded(_ columns: Int = 80, _ rows: Int = 24, lines: Int = 100) -> Stage {
    var stage = Stage(columns, rows)
    stage.type("f()\n")
    for number in 0..<lines { stage.send(.log(.standardOutput, text: "line \(number)", isPartial: false)) }
    return stage
  }

  @Test func panesComeToTheFront() {
    var stage = flooded()
    #expect(stage.text[0].contains("2 stdout*"))
    stage.press(.alt("2"))
    #expect(stage.text[1...20].contains("line 99"))
    #expect(stage.text[0].contains("2 stdout "))
    #expect(stage.app.focus == .prompt)
    stage.type("x")
    #expect(stage.buffer == "x")
    stage.press(.named(.f2))
    #expect(stage.app.focus == .pane(.console))
    stage.type("qqq")
    #expect(stage.buffer == "x")
    stage.press(.named(.f2))
    #expect(stage.app.focus == .prompt)
    #expect(!stage.text[0].contains("2 stdout*"))
    stage.press(.control("o"), .named(.tab))
    #expect(stage.app.focus == .pane(.standardOutput))
    stage.press(.named(.escape))
    #expect(stage.app.focus == .prompt)
  }

  @Test func runsAreMarkedOff() {
    var stage = flooded(lines: 1)
    stage.send(.runFinished(1, RunOutcome(.value(nil), duration: .zero)))
    stage.type("g()\n")
    stage.send(.log(.standardOutput, text: "more", isPartial: true))
    stage.send(.log(.standardOutput, text: " and more", isPartial: false))
    stage.press(.alt("2"))
    #expect(stage.text[1].hasPrefix("── run 1 ───"))
    #expect(
      stage.text[2...5].map { String($0.prefix(20)) } == [
        "line 0", "── run 2 ───────────", "more and more", "",
      ])
  }

  @Test func thePromptScrollsTheLastPane() {
    var stage = flooded()
    stage.press(.alt("2"), .named(.pageUp))
    #expect(stage.text[20] == "line 80")
    #expect(stage.text[21].contains("line 63 of 101"))
    stage.press(.named(.pageUp), .named(.pageDown), .altNamed(.down), .altNamed(.up))
    #expect(stage.text[20] == "line 80")
    stage.send(.log(.standardOutput, text: "new", isPartial: false))
    #expect(stage.text[20] == "line 80")
    stage.press(.named(.pageDown), .named(.pageDown))
    #expect(stage.text[20] == "new")
    stage.send(.log(.standardOutput, text: "newer", isPartial: false))
    #expect(stage.text[20] == "newer")
  }

  @Test func aScrolledPaneKeepsItsPlaceWhenResized() {
    var stage = flooded(80, 24, lines: 1000)
    stage.press(.alt("2"), .named(.pageUp), .named(.pageUp))
    let top = stage.text[1]
    for (columns, rows) in [(60, 15), (200, 60), (50, 10), (80, 40), (80, 24)] {
      stage.send(.resized(Size(columns: columns, rows: rows)))
      let frame = stage.app.frame()
      #expect(frame.rows.count == rows && frame.rows.allSatisfy { $0.width <= columns })
    }
    #expect(stage.text[1] == top)
  }

  @Test func theWheelScrollsWhatIsUnderIt() {
    var stage = flooded(200, 60)
    let outside = Position(column: 5, row: 30)
    let inside = Position(column: 150, row: 5)
    stage.press(.mouse(.wheelUp, outside))
    #expect(stage.text[17].hasSuffix("│line 88"))
    stage.press(.mouse(.wheelUp, inside))
    #expect(stage.text[17].hasSuffix("│line 85"))
    #expect(stage.app.focus == .prompt)
    stage.press(.mouse(.press, inside))
    #expect(stage.app.focus == .pane(.standardOutput))
    guard let header = stage.app.layout.area(showing: .standardOutput)?.header else {
      Issue.record("stdout is not shown")
      return
    }
    stage.press(.mouse(.press, Position(column: header.column + 12, row: header.row)))
    #expect(stage.app.layout.area(showing: .standardError) != nil)
  }

  @Test func aSearchMarksAndWalks() {
    var stage = flooded()
    stage.press(.named(.f3), .character("/"))
    stage.type("LINE 5")
    #expect(stage.text[21].contains("Search: LINE 5"))
    stage.press(.named(.enter))
    #expect(stage.text[21].contains("was not found"))
    stage.press(.character("/"))
    stage.type("ine 5")
    stage.press(.named(.enter))
    #expect(stage.text[1...20].contains("line 5"))
    let marked = stage.app.frame().rows.joined().filter { $0.style.role == .match }.map(\.text)
    #expect(!marked.isEmpty && Set(marked) == ["ine 5"])
    stage.press(.character("n"))
    #expect(stage.text[1...20].contains("line 50"))
    stage.press(.character("N"), .character("N"))
    #expect(stage.text[1...20].contains("line 59"))
  }

  @Test func aPaneCanBeZoomed() {
    var stage = flooded(200, 60)
    stage.press(.named(.f3), .character("z"))
    #expect(stage.app.layout.areas.count == 1)
    #expect(stage.text[0].contains("(zoomed)"))
    stage.press(.named(.f8))
    #expect(stage.app.layout.areas.count == 3)
  }

  @Test func theLayoutGoesRound() {
    var stage = Stage(160, 50)
    stage.type(":layout tabs\n")
    #expect(stage.app.layout.areas.count == 1)
    stage.press(.named(.f7))
    #expect(stage.app.layout.areas.count == 2)
    stage.type(":layout sideways\n")
    #expect(stage.screen.contains("There is no layout \"sideways\""))
  }

  @Test func theServersOwnOutputHasAPane() {
    var stage = Stage()
    stage.send(.childStandardError("warn\u{1b}["))
    stage.send(.childStandardError("0ming\nnext"))
    stage.send(.log(.other("install"), text: "pandas", isPartial: false))
    stage.press(.alt("4"))
    #expect(Array(stage.text[1...3]) == ["warning", "next", "[install] pandas"])
  }

  @Test func helpScrollsAndCloses() {
    var stage = Stage()
    stage.press(.named(.f1), .character("G"))
    #expect(stage.text[20].contains("the last value"))
    stage.press(.character("/"))
    stage.type(":ping")
    stage.press(.named(.enter))
    #expect(stage.text[1...20].contains { $0.contains(":ping") })
    stage.press(.named(.f1))
    #expect(stage.app.layers[HelpView.self] == nil)
  }

  @Test(.timeLimit(.minutes(1))) func aFloodIsHandled() {
    var stage = Stage(200, 60)
    stage.type("f()\n")
    for number in 0..<200_000 {
      stage.send(.log(.standardOutput, text: "line \(number)", isPartial: false))
    }
    #expect(stage.screen.contains("line 199999"))
    #expect(stage.screen.contains("▸ 99,980 lines (Enter unfolds)"))
    stage.press(.alt("2"), .named(.f3), .character("g"))
    #expect(stage.screen.contains("older lines were dropped"))
  }
}
