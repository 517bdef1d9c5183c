import TerminalText
import Testing

@testable import Pictures

/// Figures in cells: six by twelve pixels a cell, as the guest draws them.
@Suite struct FigureCellsTests {
  private static let white = Pixels.Colour(red: 255, green: 255, blue: 255)
  private static let black = Pixels.Colour(red: 0, green: 0, blue: 0)
  private static let blue = Pixels.Colour(red: 0, green: 0, blue: 255)

  /// A figure whose pixels have the colour that the function gives, or are white.
  private func figure(
    _ columns: Int, _ rows: Int, texts: [FigureDrawing.Text] = [],
    _ colour: (_ x: Int, _ y: Int) -> Pixels.Colour? = { _, _ in nil }
  ) -> FigureDrawing {
    let (width, height) = (columns * 6, rows * 12)
    let bytes = (0..<width * height).flatMap { index in
      let colour = colour(index % width, index / width) ?? Self.white
      return [colour.red, colour.green, colour.blue]
    }
    return FigureDrawing(
      columns: columns, rows: rows, pixels: Pixels(width: width, height: height, bytes: bytes), texts: texts)
  }

  private func drawn(_ figure: FigureDrawing, areas: AreaGlyphs = .quadrants) -> [String] {
    figure.lines(columns: 100, rows: 100, areas: areas).map(\.plainText)
  }

  private func text(
    _ text: String, x: Double, y: Double, alignment: Double = 0, isVertical: Bool = false, size: Double = 10
  ) -> FigureDrawing.Text {
    FigureDrawing.Text(
      x: x, y: y, alignment: alignment, isVertical: isVertical, text: text, colour: Self.black, size: size)
  }

  @Test func nothingIsPaper() {
    let line = figure(3, 1).lines(columns: 9, rows: 9)[0]
    #expect(line.plainText == "   ")
    let white = TextLook.Colour.rgb(red: 255, green: 255, blue: 255)
    #expect(line.allSatisfy { $0.style.look?.background == white })
  }

  @Test func aSteepLineIsDotsInItsColour() {
    // Two pixels wide, from the upper left to the lower right of one cell.
    let line = figure(1, 1) { x, y in x == y / 2 || x == y / 2 + 1 ? Self.blue : nil }.lines(
      columns: 9, rows: 9)[0]
    #expect(line.plainText.unicodeScalars.allSatisfy { (0x2801...0x28ff).contains($0.value) })
    #expect(line[0].style.look?.foreground == .rgb(red: 0, green: 0, blue: 255))
  }

  @Test func hairlinesAreLinesOfCharacters() {
    let box = figure(3, 3) { x, y in
      ((x == 3 || x == 14) && (5...30).contains(y)) || ((y == 5 || y == 30) && (3...14).contains(x))
        ? Self.black : nil
    }
    #expect(drawn(box) == ["┌─┐", "│ │", "└─┘"])
    let axis = figure(3, 1) { x, y in y == 3 || x == 8 && (4...8).contains(y) ? Self.black : nil }
    #expect(drawn(axis) == ["─┬─"])
    // The line of a grid is pale.
    let pale = Pixels.Colour(red: 215, green: 215, blue: 215)
    #expect(drawn(figure(1, 2) { x, _ in x == 2 ? pale : nil }) == ["│", "│"])
    // A line may be crossed at the edge of its cell; it goes on in the next one. A corner does not.
    #expect(drawn(figure(1, 2) { x, y in x == 3 || y == 12 && x > 3 ? Self.black : nil }) == ["│", "├"])
    #expect(
      drawn(figure(2, 2) { x, y in y == 14 && x > 5 || x == 6 && y < 14 ? Self.black : nil }) == [" │", " └"])
  }

  @Test func theEdgesOfAreasAreBlocks() {
    let bar = figure(3, 2) { x, y in y >= 6 && x < 15 ? Self.blue : nil }
    #expect(drawn(bar) == ["▄▄▖", "  ▌"])
    #expect(bar.lines(columns: 9, rows: 9)[1][0].style.look?.background == .rgb(red: 0, green: 0, blue: 255))
    let third = figure(2, 2) { x, y in y >= 8 ? Self.blue : nil }
    #expect(drawn(third, areas: .sextants)[0] == "🬭🬭")
  }

  @Test func allSextantsAreDistinct() {
    var seen: Set<String> = []
    for bits in 0..<64 {
      let cell = figure(1, 2) { x, y in
        y >= 12 || bits >> (y / 4 * 2 + x / 3) & 1 == 1 ? Self.blue : nil
      }
      let sign = drawn(cell, areas: .sextants)[0]
      #expect(sign.count == 1)
      seen.insert(sign)
    }
    // Full cells are blue paper, and so are those whose ink and paper change places.
    #expect(seen.count > 31)
  }

  @Test func textsStandWhereTheyBelong() {
    let texts = [
      text("left", x: 0, y: 0.1), text("right", x: 1, y: 0.3, alignment: 1),
      text("middle", x: 0.5, y: 0.5, alignment: 0.5), text("up", x: 0.05, y: 0.8, isVertical: true),
      text("日本", x: 0.5, y: 0.9),
    ]
    let rows = drawn(figure(20, 10, texts: texts))
    #expect(rows[1].hasPrefix("left "))
    #expect(rows[3].hasSuffix(" right"))
    #expect(rows[5] == "       middle       ")
    #expect(rows[7].hasPrefix(" u") && rows[8].hasPrefix(" p"))
    #expect(rows.allSatisfy { DisplayWidth.of($0) == 20 })
    #expect(rows[9].contains("日本"))
  }

  @Test func labelsWithoutRoomAreLeftOut() {
    let labels = (0..<5).map { text("20\($0)", x: Double($0) / 5, y: 0.5) }
    #expect(
      drawn(figure(10, 1, texts: labels)) == ["200 202 20"].map { String($0.prefix(8)) + "  " }.map { $0 })
    let title = text("Title", x: 0.5, y: 0.5, alignment: 0.5, size: 12)
    #expect(drawn(figure(10, 1, texts: [text("ab", x: 0.4, y: 0.5), title]))[0].contains("Title"))
    #expect(drawn(figure(6, 1, texts: [text("much too long", x: 0, y: 0.5)])) == ["much …"])
  }

  @Test(arguments: [(40, 100, 40, 10), (20, 100, 20, 5), (100, 5, 20, 5), (1, 1, 1, 1)])
  func aDrawingIsMadeSmaller(_ columns: Int, _ rows: Int, _ gotColumns: Int, _ gotRows: Int) {
    let lines = figure(40, 10).lines(columns: columns, rows: rows)
    #expect((lines[0].width, lines.count) == (gotColumns, gotRows))
  }

  @Test func aDrawingIsEnlargedOnlyOnDemand() {
    #expect(figure(10, 5).lines(columns: 100, rows: 30).count == 5)
    let lines = figure(10, 5).lines(columns: 100, rows: 30, isEnlarged: true)
    #expect((lines[0].width, lines.count) == (60, 30))
  }
}
