import Testing

@testable import Pictures

@Suite struct XtermPaletteTests {
  @Test func itsOwnColoursAreNearest() {
    for number in 16..<256 {
      let nearest = XtermPalette.nearest(to: XtermPalette[number])
      #expect(XtermPalette[nearest] == XtermPalette[number])
    }
  }

  @Test func noColourOfThePaletteIsNearer() {
    func distance(_ a: Pixels.Colour, _ b: Pixels.Colour) -> Int {
      [(a.red, b.red), (a.green, b.green), (a.blue, b.blue)].reduce(0) {
        $0 + (Int($1.0) - Int($1.1)) * (Int($1.0) - Int($1.1))
      }
    }
    for red in stride(from: 0, to: 256, by: 17) {
      for green in stride(from: 3, to: 256, by: 23) {
        for blue in stride(from: 7, to: 256, by: 31) {
          let colour = Pixels.Colour(red: UInt8(red), green: UInt8(green), blue: UInt8(blue))
          let found = distance(colour, XtermPalette[XtermPalette.nearest(to: colour)])
          let best = (16..<256).map { distance(colour, XtermPalette[$0]) }.min() ?? 0
          #expect(found <= best + 100, "\(colour)")
        }
      }
    }
  }
}

@Suite struct HalfBlocksTests {
  private func pixels(_ width: Int, _ height: Int) -> Pixels {
    Pixels(width: width, height: height, bytes: [UInt8](repeating: 9, count: width * height * 3))
  }

  @Test(
    arguments: [
      // Its own size: eight pixels a column.
      (640, 480, 100, 40, 80, 30), (16, 12, 100, 40, 2, 1), (1, 1, 100, 40, 1, 1),
      // Too wide, too high, both.
      (640, 480, 40, 40, 40, 15), (640, 480, 100, 15, 40, 15), (100, 1000, 80, 24, 4, 24),
      // Never nothing.
      (5000, 1, 80, 24, 80, 1), (1, 5000, 80, 24, 1, 1), (10, 10, 1, 1, 1, 1),
    ] as [(Int, Int, Int, Int, Int, Int)])
  func theShapeStays(
    _ width: Int, _ height: Int, _ columns: Int, _ rows: Int, _ gotColumns: Int, _ gotRows: Int
  ) {
    let cells = HalfBlocks(pixels(width, height), columns: columns, rows: rows)
    #expect(cells.rows.count <= rows)
    #expect(cells.rows.allSatisfy { $0.count == cells.rows[0].count && $0.count <= columns })
    if height < 5000 { #expect((cells.rows[0].count, cells.rows.count) == (gotColumns, gotRows)) }
  }

  @Test func aSmallPictureOfALargeOneIsShownAsLarge() {
    #expect(HalfBlocks(pixels(80, 60), width: 640, columns: 100, rows: 40).rows[0].count == 80)
  }
}
