import TerminalText
import Testing

@testable import Terminal

@Suite struct HistoryWalkTests {
  @Test func thereAndBack() {
    var walk = HistoryWalk(entries: ["a", "b"], draft: "d")
    #expect(walk.next() == nil)
    #expect([walk.previous(), walk.previous(), walk.previous()] == ["b", "a", nil])
    #expect([walk.next(), walk.next(), walk.next()] == ["b", "d", nil])
  }

  @Test func startsAnywhere() {
    var walk = HistoryWalk(entries: ["a", "b", "c"], index: 1, draft: "d")
    #expect(walk.next() == "c")
    #expect([walk.previous(), walk.previous()] == ["b", "a"])
  }

  @Test func searchSkipsRepetitions() {
    var search = IncrementalSearch(entries: ["xa", "b", "xa", "xa2", "b", "xa2"], original: "", cursor: 0)
    #expect(search.press(.character("a")) == .goOn)
    #expect(search.text == "xa2")
    #expect(search.cursor == 1)
    _ = search.press(.control("r"))
    #expect(search.found == 2)
    _ = search.press(.control("r"))
    #expect(search.found == 2)
    #expect(search.prompt == "(search back, nothing more) 'a'")
    _ = search.press(.control("s"))
    #expect(search.found == 3)
    #expect(search.prompt == "(search forward) 'a'")
    _ = search.press(.character("2"))
    _ = search.press(.character("3"))
    #expect(search.text == "xa2")
    #expect(search.prompt == "(search forward, nothing more) 'a23'")
    _ = search.press(.named(.backspace))
    #expect(search.prompt == "(search forward) 'a2'")
    #expect(search.press(.named(.left)) == .endAndPress)
    #expect(search.press(.control("g")) == .abort)
  }

  @Test func searchWithoutAnythingFoundKeepsTheBlock() {
    var search = IncrementalSearch(entries: ["é漢字"], original: "mine", cursor: 2)
    _ = search.press(.character("q"))
    #expect(search.text == "mine")
    #expect(search.cursor == 2)
    #expect(search.found == nil)
    _ = search.press(.named(.backspace))
    _ = search.press(.character("字"))
    #expect(search.text == "é漢字")
    #expect(search.cursor == 2)
  }
}
