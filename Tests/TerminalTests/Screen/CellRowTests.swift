import CTerminal
import TerminalText
import Testing

@testable import Terminal

@Suite struct CellRowTests {
  init() { TerminalLocale.adopt() }

  /// The row as text, a column each: what a wide character covers is a dot.
  private func text(_ text: String, columns: Int) -> String {
    var pairs = ColourPairs(end: 256)
    let cells = CellRow([Span(text)], columns: columns, pen: Pen(colours: 0), pairs: &pairs).cells
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
    var pairs = ColourPairs(end: 256)
    let misplaced = (UInt32(0x20)...0x1ffff).compactMap(Unicode.Scalar.init).filter { scalar in
      let text = String(scalar)
      let cells = CellRow([Span(text), Span("!")], columns: 7, pen: pen, pairs: &pairs).cells
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
      var pairs = ColourPairs(end: 64)
      let looks = [Style.Role.status, .tabActive, .selection, .menu, .match, .statusAlert]
      for role in looks {
        #expect(
          pen.cell(Style(role), &pairs).colours != 0 || pen.cell(Style(role), &pairs).attributes != 0,
          "\(role)")
        let reversed = pen.cell(Style(role, isReversed: true), &pairs)
        #expect(reversed.attributes != pen.cell(Style(role), &pairs).attributes, "\(role)")
      }
      #expect(pen.cell(.plain, &pairs).colours == 0)
      for role in Style.Role.allCases { _ = pen.cell(Style(role), &pairs) }
      #expect(!pairs.isExhausted && pairs.takeNew().isEmpty == (colours == 0))
    }
  }

  @Test func pairsGetNumbersAsLongAsThereAreSome() {
    var pairs = ColourPairs(end: 3)
    let looks =
      (0..<4).map { TextLook(foreground: .palette($0 / 2), background: .palette(1)) }
      + [TextLook(foreground: .palette(9), background: .palette(9))]
    func row() -> [UInt16] {
      let spans = looks.map { Span("▀", Style(.picture, look: $0)) }
      return CellRow(spans, columns: 9, pen: Pen(colours: 256), pairs: &pairs).cells.map(\.colours)
    }
    #expect(row() == [1, 1, 2, 2, 0])
    #expect(pairs.takeNew().map(\.0) == [1, 2])
    #expect(pairs.takeNew().isEmpty && pairs.isExhausted)
  }

  @Test func aProgramsLookChangesTheRolesLook() {
    var pairs = ColourPairs(end: 64)
    func cell(_ style: Style, colours: Int) -> (ct_attributes, ColourPair?) {
      pairs = ColourPairs(end: 64)
      let cell = Pen(colours: colours).cell(style, &pairs)
      return (ct_attributes(rawValue: UInt32(cell.attributes)), pairs.takeNew().first?.1)
    }
    let look = TextLook(foreground: .rgb(red: 255, green: 0, blue: 0), attributes: [.bold, .reverse])
    #expect(
      cell(Style(.standardError, look: look), colours: 256) == ([.bold, .reverse], .init(foreground: 196)))
    #expect(cell(Style(.plain, look: look), colours: 16).1 == .init(foreground: 9))
    #expect(cell(Style(.plain, look: look), colours: 8).1 == .init(foreground: 1))
    #expect(cell(Style(.plain, look: look), colours: 0) == ([.bold, .reverse], nil))
    let under = TextLook(background: .palette(4), attributes: .underline)
    #expect(
      cell(Style(.standardError, look: under), colours: 256)
        == (.underline, .init(foreground: 172, background: 4)))
    #expect(cell(Style(.plain, isReversed: true, look: look), colours: 0).0 == .bold)
  }

  @Test func aStruckCharacterHasAMarkOnIt() {
    var pairs = ColourPairs(end: 1)
    let spans = [Span("ab", Style(.plain, look: TextLook(attributes: .strike))), Span("c")]
    let cells = CellRow(spans, columns: 9, pen: Pen(colours: 0), pairs: &pairs).cells
    #expect(cells.map(\.scalars.1) == [0x336, 0x336, 0])
  }
}
