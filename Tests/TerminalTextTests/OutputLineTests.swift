import TerminalText
import Testing

@Suite struct OutputLineTests {
  private let red = TextLook(foreground: .palette(1))

  private func line(_ text: String) -> OutputLine {
    var reader = OutputReader()
    var line = OutputLine()
    for piece in reader.read(text) { line.take(piece) }
    return line
  }

  @Test(arguments: [
    ("abc", "abc"), ("abc\rX", "Xbc"), ("abc\rWXYZ", "WXYZ"), ("abc\r", "abc"), ("abc\u{8}X", "abX"),
    ("abc\u{8}\u{8}\u{8}\u{8}X", "Xbc"), ("abc\u{1b}[2KX", "   X"), ("abc\r\u{1b}[KX", "X"),
    ("abc\rX\u{1b}[K", "X"), ("abc\u{8}\u{1b}[1KX", "  X"), ("abcd\u{8}\u{8}\u{8}\u{1b}[1K", "  cd"),
    ("abc\u{1b}[K", "abc"),
    // Half of a wide character is none.
    ("漢字\rX", "X 字"), ("漢字\u{8}X", "漢 X"), ("abc\r漢", "漢c"), ("漢字\u{8}\u{8}\u{8}\u{1b}[1KX", " X字"),
    ("漢字\u{8}\u{8}\u{8}\u{1b}[K", " "), ("a漢\u{8}\u{8}\u{8}漢", "漢 "),
    // A mark belongs to the character before it.
    ("abc\re\u{301}", "e\u{301}bc"), ("abc\rx\u{200d}y", "x\u{200d}yc"),
    // A tab and a control character take the columns that are seen.
    ("a\tb\rXYZ", "XYZ     b"), ("\u{7}b\rX", "X b"), ("ab\r\u{7}", "\u{7}"),
  ])
  func whatIsPrintedTakesThePlaceOfWhatIsThere(_ text: String, _ wanted: String) {
    #expect(Array(line(text).styled.text.unicodeScalars) == Array(wanted.unicodeScalars))
    #expect(line(text).byteCount == wanted.utf8.count)
  }

  @Test func eachCharacterKeepsItsLook() {
    #expect(
      line("abcd\r\u{1b}[31mX\u{1b}[0mY").styled.line(.value) == [
        Span("X", Style(.value, look: red)), Span("Ycd", .value),
      ])
    #expect(
      line("\u{1b}[31mre\u{1b}[0m\u{1b}[31md\u{1b}[0m.").styled.line(.plain) == [
        Span("red", Style(.plain, look: red)), Span("."),
      ])
  }

  @Test func controlCharactersOfStyledTextAreVisible() {
    let spans = line("a\u{1b}[31m\t\u{7}\u{9b}\u{202e}").styled.line(.plain)
    #expect(spans.plainText == "a       ^G\\x9b\\u202e")
    #expect(spans.allSatisfy { !$0.text.unicodeScalars.contains(where: VisibleText.isHazard) })
  }

  @Test func aLineIsCutBetweenCharacters() {
    var text = line("aé\u{1b}[31mééé")
    #expect(text.takeFirst(bytes: 6).line(.plain) == [Span("aé"), Span("é", Style(.plain, look: red))])
    #expect(text.styled.line(.plain) == [Span("éé", Style(.plain, look: red))])
  }

  @Test func aWholeTextIsLines() {
    let lines = StyledText.lines(of: "a\u{1b}[31mb\nc\u{1b}[0md\r\n\u{1b}[2J", .value)
    #expect(
      lines == [
        [Span("a", .value), Span("b", Style(.value, look: red))],
        [Span("c", Style(.value, look: red)), Span("d", .value)], [Span("", .value)],
      ])
  }

  @Test func nothingOfGarbageDrivesATerminal() {
    var generator = Numbers()
    let parts = [
      "\u{1b}", "[", "]", "P", "m", "A", "K", "2", ";", ":", "\u{7}", "\r", "\u{8}", "\t", "漢", "e\u{301}",
      "\u{9b}", "\u{202e}", "x", "\\",
    ]
    for _ in 0..<2000 {
      let text = (0..<40).map { _ in parts[Int.random(in: 0..<parts.count, using: &generator)] }.joined()
      let shown = line(text).styled.line(.plain).plainText
      #expect(!shown.unicodeScalars.contains(where: VisibleText.isHazard), "\(text.debugDescription)")
    }
  }

  /// Numbers that are the same in every run.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64 = 1

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }
}
