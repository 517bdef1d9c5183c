import TerminalText
import Testing

@testable import Repl

@Suite struct ViewportTests {
  private let source = FixedLines(
    lines: (0..<100).map {
      [Span($0.isMultiple(of: 10) ? "\($0) " + String(repeating: "w", count: 30) : "\($0)")]
    })

  private func text(_ viewport: Viewport, _ columns: Int, _ rows: Int) -> [String] {
    text(viewport, columns, rows, of: source)
  }

  private func text(_ viewport: Viewport, _ columns: Int, _ rows: Int, of source: some ScrollSource)
    -> [String]
  {
    viewport.rows(of: source, size: Size(columns: columns, rows: rows)).map(\.spans.plainText)
  }

  @Test func theEndIsFollowed() {
    #expect(text(Viewport(), 40, 3) == ["97", "98", "99"])
    #expect(text(Viewport(), 40, 200).count == 100)
    #expect(text(Viewport(), 40, 0).isEmpty)
    #expect(text(Viewport(), 40, 3, of: FixedLines(lines: [])).isEmpty)
    #expect(text(Viewport(atStart: true), 40, 3) == ["0 " + String(repeating: "w", count: 30), "1", "2"])
  }

  @Test func scrollingGoesByRowsAndEndsAtTheEnds() {
    var viewport = Viewport()
    let size = Size(columns: 20, rows: 4)
    viewport.scroll(by: -3, in: source, size: size)
    #expect(text(viewport, 20, 4) == ["93", "94", "95", "96"])
    viewport.scroll(by: -3, in: source, size: size)
    #expect(text(viewport, 20, 4) == [String(repeating: "w", count: 13), "91", "92", "93"])
    viewport.scroll(by: -1, in: source, size: size)
    #expect(text(viewport, 20, 4).first == "90 " + String(repeating: "w", count: 17))
    viewport.scroll(by: -10_000, in: source, size: size)
    #expect(text(viewport, 20, 4).first == "0 " + String(repeating: "w", count: 18))
    #expect(!viewport.isFollowing)
    viewport.scroll(by: 10_000, in: source, size: size)
    #expect(viewport.isFollowing)
  }

  @Test func aNewWidthFindsTheSameText() {
    var viewport = Viewport()
    viewport.reveal(line: 50, in: source, size: Size(columns: 10, rows: 3))
    viewport.scroll(by: 1, in: source, size: Size(columns: 10, rows: 3))
    #expect(text(viewport, 10, 3) == ["50 wwwwwww", "wwwwwwwwww", "wwwwwwwwww"])
    viewport.scroll(by: 2, in: source, size: Size(columns: 10, rows: 3))
    #expect(text(viewport, 10, 3) == ["wwwwwwwwww", "www", "51"])
    #expect(text(viewport, 40, 3) == ["50 " + String(repeating: "w", count: 30), "51", "52"])
    #expect(text(viewport, 10, 3) == ["wwwwwwwwww", "www", "51"])
    #expect(text(viewport, 15, 2) == [String(repeating: "w", count: 15), "www"])
  }

  @Test func whatIsSeenStaysWhileTheSourceGrowsAndIsDropped() {
    var ring = RingText(limits: RingText.Limits(lines: 50, bytes: 1 << 20))
    for number in 0..<40 { ring.append("\(number)\n", role: .plain) }
    var viewport = Viewport()
    viewport.scroll(by: -10, in: RingLines(ring: ring), size: Size(columns: 20, rows: 5))
    #expect(text(viewport, 20, 5, of: RingLines(ring: ring)) == ["25", "26", "27", "28", "29"])
    for number in 40..<70 { ring.append("\(number)\n", role: .plain) }
    #expect(text(viewport, 20, 5, of: RingLines(ring: ring)) == ["25", "26", "27", "28", "29"])
    for number in 70..<170 { ring.append("\(number)\n", role: .plain) }
    #expect(
      text(viewport, 40, 3, of: RingLines(ring: ring)) == ["… 120 older lines were dropped", "120", "121"])
  }

  @Test func linesThatAreFoundAreRevealed() {
    let finder = Finder("5")
    var viewport = Viewport()
    let size = Size(columns: 40, rows: 5)
    #expect(finder?.next(in: source, from: -1, forwards: true) == 5)
    #expect(finder?.next(in: source, from: 5, forwards: true) == 15)
    #expect(finder?.next(in: source, from: 5, forwards: false) == 95)
    #expect(finder?.next(in: source, from: 95, forwards: true) == 5)
    #expect(Finder("zzz")?.next(in: source, from: 0, forwards: true) == nil)
    #expect(Finder("") == nil)
    viewport.reveal(line: 15, in: source, size: size)
    #expect(viewport.rows(of: source, size: size).contains { $0.line == 15 })
    let row = viewport.rows(of: source, size: size, finder: finder).first { $0.line == 15 }
    #expect(row?.spans == [Span("1"), Span("5", .match)])
  }

  @Test(arguments: [
    ("abc", "xABCx", true), ("Abc", "xABCx", false), ("Abc", "xAbcx", true), ("É", "é", false),
    ("[", "{", false),
  ])
  func caseCountsWhenThereIsAnUpperCaseLetter(_ pattern: String, _ text: String, _ isFound: Bool) {
    let lines = FixedLines(lines: [[Span(text)]])
    #expect((Finder(pattern)?.next(in: lines, from: -1, forwards: true) != nil) == isFound)
  }
}
