import TerminalText
import Testing

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
