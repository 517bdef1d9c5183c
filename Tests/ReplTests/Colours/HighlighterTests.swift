import MCP
import TerminalText
import Testing

@testable import Repl

@Suite struct HighlighterTests {
  private func spell(_ lines: [Line]) -> [String] {
    lines.map { $0.map { "\($0.style.role):\($0.text)" }.joined(separator: "|") }
  }

  @Test func pythonHasColoursAcrossLines() {
    let lines = PythonHighlighter.lines(of: "def f(x):\n\treturn '''a\nb''' + len(1) # ok\n$")
    #expect(
      spell(lines) == [
        "keyword:def|plain: |name:f|operatorText:(|name:x|operatorText:)|operatorText::",
        "plain:        |keyword:return|plain: |string:'''a",
        "string:b'''|plain: |operatorText:+|plain: |builtin:len|operatorText:(|number:1|operatorText:)|plain: |comment:# ok",
        "errorText:$",
      ])
    #expect(PythonHighlighter.lines(of: "") == [[]])
    #expect(PythonHighlighter.lines(of: "a\n").count == 2)
  }

  @Test(arguments: [
    ("f(a[1])", 1, [1, 6]), ("f(a[1])", 2, [1, 6]), ("f(a[1])", 7, [1, 6]), ("f(a[1])", 3, [3, 5]),
    ("f(", 1, []),
    ("'('", 1, []), ("f(')')", 5, [1, 5]), ("(\n)", 2, [0, 2]), ("é(日)", 1, [1, 3]), ("ab", 0, []),
    ("(]", 0, []),
  ])
  func bracketsAreMatched(_ source: String, _ cursor: Int, _ expected: [Int]) {
    var text = PythonText()
    text.update(source, cursor: cursor)
    var offset = 0
    var marked: [Int] = []
    for line in text.lines {
      for span in line {
        if span.style.role == .bracketMatch { marked.append(offset) }
        offset += span.text.unicodeScalars.count
      }
      offset += 1
    }
    #expect(marked == expected)
  }

  /// A text that was edited step by step looks as if it had been read at once.
  @Test func editsAreFollowed() {
    let steps = [
      "a = 1\nb = 2\nc", "a = 1\nx\nb = 2\nc", "a = 1\nx = \"\"\"\nb = 2\nc", "\"\"\"\nb = 2\nc", "b = 2\nc",
      "b = 2\nb = 2\nc",
      "", "(\n)\n)", "(\n)",
    ]
    var text = PythonText()
    for step in steps {
      text.update(step, cursor: nil)
      #expect(text.lines == PythonHighlighter.lines(of: step))
    }
  }

  @Test func tracebacksHaveColours() {
    let text = """
      Traceback (most recent call last):
        File "<input>", line 12, in f
          return 1 / 0
                 ~~^~~
      ZeroDivisionError: division by zero
      """
    #expect(
      spell(TracebackHighlighter.lines(of: text + "\n")) == [
        "dim:Traceback (most recent call last):",
        "dim:  |dim:File |string:\"<input>\"|dim:,|dim: line|number: 12,|dim: in|dim: f",
        "plain:    |keyword:return|plain: |number:1|plain: |operatorText:/|plain: |number:0",
        "errorText:           ~~^~~",
        "errorText:ZeroDivisionError|errorText:: division by zero",
      ])
  }

  @Test func jsonIsLaidOut() throws {
    let json: JSON = ["a": [1, "x\u{1b}", nil], "b": [:], "c": 1.5]
    #expect(
      spell(JSONHighlighter.lines(of: json)) == [
        "operatorText:{",
        "plain:  |jsonKey:\"a\"|operatorText:: |operatorText:[",
        "plain:    |jsonNumber:1|operatorText:,",
        "plain:    |jsonString:\"x\\u001b\"|operatorText:,",
        "plain:    |jsonLiteral:null",
        "plain:  |operatorText:]|operatorText:,",
        "plain:  |jsonKey:\"b\"|operatorText:: |operatorText:{}|operatorText:,",
        "plain:  |jsonKey:\"c\"|operatorText:: |jsonNumber:1.5",
        "operatorText:}",
      ])
    #expect(JSONHighlighter.lines(of: json).map(\.plainText).joined(separator: "\n") == json.pretty())
  }
}
