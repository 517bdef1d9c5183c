import TerminalText
import Testing

@testable import Repl

@Suite struct PlaceholderTests {
  @Test func eachCellTellsItsPlaceAndThePicture() {
    let id = PlaceholderID(colour: 20, mark: 2)
    let lines = Placeholders(id: id, columns: 3, rows: 2).lines
    #expect(lines.map(\.width) == [3, 3])
    #expect(
      lines[1].plainText
        == "\u{10EEEE}\u{30D}\u{305}\u{30E}\u{10EEEE}\u{30D}\u{30D}\u{30E}\u{10EEEE}\u{30D}\u{30E}\u{30E}")
    #expect(lines[0][0].style.look?.foreground == .palette(20))
    #expect(id.number == 2 << 24 | 20)
  }

  @Test func noTwoImagesShareANumber() {
    let ids = (1...5000).map { PlaceholderID(image: $0, seed: 249) }
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.mark > 0 && (16..<255).contains($0.colour) })
  }

  /// kitty counts 297 such characters; those beyond the first plane are not used here.
  @Test func allNumbersHaveACombiningCharacter() {
    let all = Placeholders.diacritics
    #expect(all.count > 255 && Set(all).count == all.count)
    #expect(all.allSatisfy { $0.properties.canonicalCombiningClass == .above })
    #expect([all[0], all[31], all[100], all[250]] == ["\u{305}", "\u{484}", "\u{7EB}", "\u{A8E0}"])
  }

  @Test(
    arguments: [
      (160, 120, 80, 24, false, 16, 6), (640, 480, 40, 24, false, 40, 15), (640, 480, 80, 12, false, 32, 12),
      (10, 10, 80, 24, true, 48, 24), (1, 5000, 80, 24, true, 1, 24), (1, 1, 80, 24, false, 1, 1),
    ])
  func picturesKeepTheirShape(
    _ width: Int, _ height: Int, _ columns: Int, _ rows: Int, _ isEnlarged: Bool, _ gotColumns: Int,
    _ gotRows: Int
  ) {
    let room = Size(columns: columns, rows: rows)
    let size = CellPixels(width: 10, height: 20).cells(
      width: width, height: height, in: room, isEnlarged: isEnlarged)
    #expect(size == Size(columns: gotColumns, rows: gotRows))
  }
}
