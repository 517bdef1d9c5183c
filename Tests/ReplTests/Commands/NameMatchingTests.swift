import TerminalText
import Testing

@testable import Repl

@Suite struct FuzzyMatchTests {
  @Test func lettersMustComeInOrder() {
    #expect(FuzzyMatch("flt", in: ":filter")?.positions == [1, 3, 4])
    #expect(FuzzyMatch("tlf", in: ":filter") == nil)
    #expect(FuzzyMatch("x", in: "") == nil)
    #expect(FuzzyMatch("", in: "abc")?.positions == [])
    #expect(FuzzyMatch("F T", in: "filter traffic")?.positions.count == 2)
  }

  @Test(arguments: [
    ("tr", "trace", "filter"), ("st", "show traffic", "last"), ("clear", ":clear", "c l e a r"),
    ("rs", "restart server", "cars"),
    ("lay", "layout", "l a y"),
  ])
  func theBetterFitScoresMore(_ pattern: String, _ better: String, _ worse: String) throws {
    let good = try #require(FuzzyMatch(pattern, in: better))
    let bad = try #require(FuzzyMatch(pattern, in: worse))
    #expect(good.score > bad.score)
  }

  @Test func theBestPlacesAreMarked() {
    #expect(FuzzyMatch("tr", in: "at the traffic")?.positions == [7, 8])
  }

  @Test(arguments: [
    ("quit", Command.ID.quit), ("cle", .clear), ("tra", .trace), ("filt", .filter), ("res", .reset),
    ("lay", .layout),
  ])
  func thePaletteFindsWhatIsMeant(_ query: String, _ id: Command.ID) {
    var palette = Palette()
    palette.type(query)
    #expect(palette.choice?.id == id)
  }

  @Test func thePaletteBeginsWithAllAndEndsWithNothing() {
    var palette = Palette()
    #expect(palette.items.count == Palette.commands.count)
    #expect(palette.choice?.id == .help)
    palette.move(by: -1)
    #expect(palette.choice?.id == Palette.commands.last?.id)
    palette.type("qqqqq")
    #expect(palette.choice == nil)
    #expect(palette.lines(size: Size(columns: 60, rows: 5)).count == 2)
    for _ in 0..<9 { palette.erase() }
    #expect(palette.items.count == Palette.commands.count)
  }
}
