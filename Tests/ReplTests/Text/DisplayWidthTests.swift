import Testing

@testable import Repl

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("a", 1), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("ß", 1), ("µ", 1), ("Я", 1), ("א", 1),
    ("ا", 1),
    ("日本", 4), ("ｶﾅ", 2), ("Ａ", 2), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("，", 2), ("㍿", 2),
    ("─│…→", 4), ("█▓", 2), ("①", 1), ("✓", 1), ("☃", 1), ("☃\u{FE0F}", 2), ("❤", 1), ("❤\u{FE0F}", 2),
    ("⌚", 2),
    ("😀", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("👩🏾‍🚀", 2), ("🏳️‍🌈", 2), ("🇩🇪", 2), ("🇩🇪🇫🇷", 4), ("1\u{FE0F}\u{20E3}", 2), ("#", 1),
    ("©", 1), ("©\u{FE0F}", 1), ("\u{200B}", 0), ("\u{FEFF}", 0), ("\u{301}", 0),
    ("a\u{300}\u{301}\u{302}", 1),
    ("ก็", 1), ("नि", 2), ("\u{20000}", 2), ("\u{1F3FB}", 2), ("\u{E000}", 1), ("\u{AD}", 1),
  ])
  func cells(_ text: String, _ width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }
}

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("é日😀", "é日😀"), ("\u{1b}[31mred", "^[[31mred"), ("\0\u{7f}", "^@^?"),
    ("\u{9b}31m", "\\x9b31m"), ("a\tb", "a       b"), ("日\tb", "日      b"),
    ("\t\t", String(repeating: " ", count: 16)),
    ("a\u{202e}b", "a\\u202eb"), ("a\u{2028}b", "a\\u2028b"), ("a\rb", "a^Mb"), ("x\r\ny", "x^M^Jy"),
    ("\u{61c}", "\\u061c"), ("e\u{301}\u{1b}", "e\u{301}^["),
  ])
  func nothingDrivesTheTerminal(_ text: String, _ visible: String) {
    #expect(VisibleText.of(text) == visible)
    #expect(!VisibleText.of(text).unicodeScalars.contains(where: VisibleText.isHazard))
  }

  @Test func tabsCountFromTheColumn() {
    #expect(VisibleText.of("\tx", column: 6) == "  x")
    #expect(VisibleText.of("a\tx", column: 7) == "a" + String(repeating: " ", count: 8) + "x")
  }
}

@Suite struct LineTests {
  @Test(arguments: [
    ("hello", 0..<2, "he"), ("hello", 3..<9, "lo"), ("hello", 7..<9, ""), ("日本語", 0..<3, "日 "),
    ("日本語", 1..<4, " 本"),
    ("日本語", 1..<3, "  "), ("e\u{301}x", 0..<1, "e\u{301}"), ("e\u{301}x", 1..<2, "x"), ("a👨‍👩‍👧b", 0..<2, "a "),
    ("a👨‍👩‍👧b", 1..<4, "👨‍👩‍👧b"),
  ])
  func slices(_ text: String, _ cells: Range<Int>, _ expected: String) {
    let halves: Line = [Span(String(text.prefix(1)), .keyword), Span(String(text.dropFirst(1)))]
    #expect([Span(text)].slice(cells: cells).plainText == expected)
    #expect(halves.slice(cells: cells).plainText == expected)
  }

  @Test(arguments: [
    ("abc", 5, "abc  "), ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("日本", 3, "日…"), ("日本", 2, " …"),
    ("abc", 0, ""), ("", 2, "  "),
  ])
  func fits(_ text: String, _ cells: Int, _ expected: String) {
    let line: Line = [Span(text)]
    #expect(line.fitted(to: cells).plainText == expected)
    #expect(line.fitted(to: cells).width == cells)
  }

  @Test(arguments: [
    ("", 3, [""]), ("abc", 3, ["abc"]), ("abcdefg", 3, ["abc", "def", "g"]), ("日本語", 3, ["日", "本", "語"]),
    ("a日b", 2, ["a", "日", "b"]), ("ae\u{301}b", 2, ["ae\u{301}", "b"]), ("日x", 1, [" ", "x"]),
    ("👨‍👩‍👧ab", 3, ["👨‍👩‍👧a", "b"]),
  ])
  func wraps(_ text: String, _ cells: Int, _ expected: [String]) {
    let line: Line = [Span(text, .string)]
    #expect(line.wrapped(to: cells).map(\.plainText) == expected)
  }

  @Test func wrappingKeepsStylesAndCutsSpans() {
    let line: Line = [Span("ab", .keyword), Span("cd", .name), Span("e")]
    #expect(
      line.wrapped(to: 3) == [[Span("ab", .keyword), Span("c", .name)], [Span("d", .name), Span("e")]])
  }

  @Test func marksGoAcrossSpans() {
    let line: Line = [Span("one tw", .keyword), Span("o thrée", .name)]
    let marked = line.marking([4..<7, 11..<13], as: .match)
    #expect(marked.plainText == line.plainText)
    #expect(marked.filter { $0.style.role == .match }.map(\.text) == ["tw", "o", "é"])
  }
}
