import CTerminal
import TerminalText
import Testing

@testable import Terminal

@Suite struct CellRowTests {
  init() { TerminalLocale.adopt() }

  /// The row as text, a column each: what a wide character covers is a dot.
  private func text(_ text: String, columns: Int) -> String {
    var pairs = PicturePairs(first: 1, end: 256)
    let cells = CellRow([Span(text)], columns: columns, pen: Pen(colours: 0), pictures: &pairs).cells
    var row = Array(repeating: ".", count: columns)
    for cell in cells {
      let scalars = withUnsafeBytes(of: cell.scalars) { Array($0.bindMemory(to: UInt32.self)) }
      row[Int(cell.column)] = scalars.prefix { $0 != 0 }.compactMap(Unicode.Scalar.init).map(String.init)
        .joined()
    }
    return row.joined()
  }

  @Test(
    arguments: [
      ("abc", "abc...."),
      ("abcdefghij", "abcdefg"),
      ("漢字x", "漢.字.x.."),
      ("abcdef漢x", "abcdef."),
      ("e\u{301}o\u{302}\u{303}", "e\u{301}o\u{302}\u{303}....."),
      ("\u{301}a", "a......"),
      ("\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}!", "\u{1f468}.!...."),
      ("\u{1f44d}\u{1f3fd}!", "\u{1f44d}.!...."),
      ("\u{2764}\u{fe0f}!", "\u{2764} !...."),
      ("\u{1f1eb}\u{1f1f7}!", "\u{1f1eb}\u{1f1f7}!...."),
      ("a\tb\u{7f}\u{9b}c", "a\u{fffd}b\u{fffd}\u{fffd}c."),
    ] as [(String, String)])
  func charactersTakeTheColumnsOfTheModels(_ shown: String, _ row: String) {
    #expect(Array(text(shown, columns: 7).unicodeScalars) == Array(row.unicodeScalars))
  }

  /// The C library's tables differ from the models' for some scalars, and must not move what follows them.
  @Test func nextCharacterStandsWhereTheModelsPutIt() {
    let pen = Pen(colours: 0)
    var pairs = PicturePairs(first: 1, end: 256)
    let misplaced = (UInt32(0x20)...0x1ffff).compactMap(Unicode.Scalar.init).filter { scalar in
      let text = String(scalar)
      let cells = CellRow([Span(text), Span("!")], columns: 7, pen: pen, pictures: &pairs).cells
      return cells.last.map { Int($0.column) } != DisplayWidth.of(text)
    }
    #expect(misplaced.isEmpty)
  }

  @Test func manyMarksDoNotOverflow() {
    let zalgo = "a" + String(repeating: "\u{301}", count: 40)
    #expect(text(zalgo, columns: 3).unicodeScalars.count == 7)
  }

  @Test func everyRoleHasALook() {
    for colours in [0, 8, 16, 256] {
      let pen = Pen(colours: colours)
      var pairs = PicturePairs(first: 1, end: 1)
      #expect(pen.pairs.count < 64)
      let looks = [Style.Role.status, .tabActive, .selection, .menuSelected, .match, .statusAlert]
      for role in looks {
        #expect(
          pen.cell(Style(role), &pairs).colours != 0 || pen.cell(Style(role), &pairs).attributes != 0,
          "\(role)")
        let reversed = pen.cell(Style(role, isReversed: true), &pairs)
        #expect(reversed.attributes != pen.cell(Style(role), &pairs).attributes, "\(role)")
      }
      #expect(pen.cell(.plain, &pairs).colours == 0)
    }
    #expect(Pen(colours: 0).pairs.isEmpty)
  }

  @Test func coloursOfPicturesGetNumbersAsLongAsThereAreSome() {
    var pairs = PicturePairs(first: 5, end: 7)
    let styles = (0..<4).map { Style(.picture, colours: .init(foreground: $0 / 2, background: 1)) }
    let cells = CellRow(
      styles.map { Span("▀", $0) } + [
        Span("▀", Style(.picture, colours: .init(foreground: 9, background: 9)))
      ],
      columns: 9, pen: Pen(colours: 256), pictures: &pairs
    ).cells
    #expect(cells.map(\.colours) == [5, 5, 6, 6, 0])
    #expect(pairs.takeNew().map(\.0) == [5, 6])
    #expect(pairs.takeNew().isEmpty)
  }
}
