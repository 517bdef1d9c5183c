import TerminalText
import Testing

@testable import Repl

@Suite struct LayerTests {
  @Test func paletteStaysAboveTheHelpThatIsOpenedBelowIt() {
    var stage = Stage()
    stage.press(.control("p"), .named(.f1), .character("x"))
    #expect(stage.app.layers[Palette.self]?.query == "x")
    #expect(stage.app.layers[HelpView.self] != nil)
    stage.press(.named(.escape))
    #expect(stage.app.layers[Palette.self] == nil)
    #expect(stage.app.contexts.first == .help)
    stage.press(.named(.escape))
    #expect(stage.app.layers[HelpView.self] == nil)
    #expect(stage.app.contexts.first == .prompt)
  }

  @Test func whatTheTopLayerLeavesReachesTheNext() {
    var stage = Stage()
    stage.press(.named(.f1))
    let start = stage.app.layers[HelpView.self]?.place(in: stage.app)
    stage.press(.control("p"), .named(.pageDown))
    #expect(stage.app.layers[Palette.self] != nil)
    #expect(stage.app.layers[HelpView.self]?.place(in: stage.app) != start)
  }

  @Test func aLayerThatIsOpenedAnewIsNotReplacedByTheOldOne() {
    var stage = Stage()
    stage.press(.control("p"))
    stage.type("finds any")
    #expect(stage.app.layers[Palette.self]?.choice?.id == .palette)
    stage.press(.named(.enter))
    #expect(stage.app.layers[Palette.self]?.query == "")
  }

  @Test func keysOfALayerDoNotReachThePromptBelow() {
    var stage = Stage()
    stage.press(.named(.f1))
    stage.type("typed")
    #expect(stage.buffer == "")
    stage.press(.named(.escape))
    stage.type("typed")
    #expect(stage.buffer == "typed")
  }

  @Test func theFocusedLayerLiesAboveTheOther() {
    var stage = Stage()
    #expect(stage.app.layersFromTop.first is PromptLayer)
    stage.press(.named(.f2))
    #expect(stage.app.layersFromTop.first is PanesLayer)
    #expect(stage.app.layersFromTop.last is PromptLayer)
  }
}
