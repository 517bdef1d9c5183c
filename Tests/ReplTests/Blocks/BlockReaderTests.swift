import Testing

@testable import Repl

@Suite struct BlockReaderTests {
  /// Pushes the lines of `text` one by one and gives what each completed, then what is left at the end.
  private func read(_ text: String, mode: BlockReader.Mode) -> [String] {
    var reader = BlockReader(mode: mode)
    var blocks: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      blocks += reader.push(line: String(line))
    }
    if let rest = reader.finish() { blocks.append(rest) }
    return blocks
  }

  @Test func simpleStatementsAreBlocksAtOnce() {
    var reader = BlockReader()
    #expect(reader.push(line: "x = 1") == ["x = 1"])
    #expect(reader.state == .empty)
    #expect(reader.push(line: "x; y") == ["x; y"])
    #expect(reader.push(line: "") == [])
    #expect(reader.push(line: "   ") == [])
    #expect(reader.push(line: "# nothing") == [])
    #expect(reader.finish() == nil)
  }

  @Test func blankLineEndsACompoundStatementOnATerminal() {
    var reader = BlockReader(mode: .terminal)
    #expect(reader.push(line: "if x:") == [])
    #expect(reader.push(line: "    y") == [])
    #expect(reader.state == .indented(indentation: 4))
    #expect(reader.push(line: "    ") == ["if x:\n    y"])
    #expect(!reader.isPending)
  }

  @Test func blankLineDoesNotEndAHeaderWithoutItsSuite() {
    var reader = BlockReader(mode: .terminal)
    _ = reader.push(line: "if x:")
    #expect(reader.push(line: "") == [])
    #expect(reader.state == .needsMore(indentation: 4))
    reader.discard()
    #expect(reader.state == .empty)
    #expect(reader.push(line: "1") == ["1"])
  }

  @Test(arguments: [BlockReader.Mode.terminal, .piped])
  func dedentedLineEndsOneBlockAndBeginsTheNext(mode: BlockReader.Mode) {
    #expect(
      read("def f():\n    return 1\nf()\nfor x in y: z\nif a:\n  b", mode: mode)
        == ["def f():\n    return 1", "f()", "for x in y: z", "if a:\n  b"])
  }

  @Test func clausesContinueTheirStatement() {
    let source = """
      try:
          a
      except E:
          b
      else:
          c
      # why
      finally:
          d
      """
    #expect(read(source, mode: .piped) == [source])
    #expect(read(source, mode: .terminal) == [source])
  }

  @Test func blankLinesInAPipedSuiteBelongToIt() {
    let function = "def f():\n    a\n\n    b\n\n# note\n    c"
    #expect(read(function + "\n\n\nf()\n", mode: .piped) == [function, "f()"])
    let branch = "if x:\n    a\n\nelse:\n    b"
    #expect(read(branch + "\n\nc", mode: .piped) == [branch, "c"])
  }

  @Test func callerMayEndAPipedBlockAtABlankLine() {
    var reader = BlockReader(mode: .piped)
    #expect(reader.endAtBlankLine() == nil)
    _ = reader.push(line: "for x in y:")
    _ = reader.push(line: "")
    #expect(reader.endAtBlankLine() == nil, "its suite is missing")
    _ = reader.push(line: "  a")
    #expect(reader.endAtBlankLine() == nil, "no blank line yet")
    _ = reader.push(line: "")
    #expect(reader.mayEnd)
    #expect(reader.endAtBlankLine() == "for x in y:\n\n  a")
    #expect(reader.endAtBlankLine() == nil)
    #expect(!reader.isPending)
  }

  @Test func blankLineInABracketOrStringIsNotAnEnd() {
    var reader = BlockReader(mode: .piped)
    for line in ["def f():", "  x = '''", ""] { _ = reader.push(line: line) }
    #expect(!reader.mayEnd)
    #expect(reader.state == .needsMore(indentation: 0))
    for line in ["'''", "  y = (", "", "  1)", ""] { _ = reader.push(line: line) }
    #expect(reader.endAtBlankLine() == "def f():\n  x = '''\n\n'''\n  y = (\n\n  1)")
  }

  @Test func suiteOfAWrongHeaderIsNotRunAlone() {
    #expect(read("if x:\ny = 1\nz", mode: .piped) == ["if x:\ny = 1", "z"])
    #expect(read("try:\n  a\nb", mode: .terminal) == ["try:\n  a\nb"])
  }

  @Test func brokenLineInAPipedSuiteKeepsTheRestOfItTogether() {
    let broken = "def f():\n  a = 'b\n  c()"
    #expect(read(broken + "\nd", mode: .piped) == [broken, "d"])
    #expect(read(broken, mode: .terminal) == ["def f():\n  a = 'b", "  c()"])
  }

  @Test func brokenLineLeavesNoTrace() {
    #expect(read("x = (]\n1\nf'{)\n2", mode: .terminal) == ["x = (]", "1", "f'{)", "2"])
  }

  @Test func finishGivesWhatIsPending() {
    #expect(read("x = (1,\n2", mode: .piped) == ["x = (1,\n2"])
    #expect(read("@dec\n\n", mode: .piped) == ["@dec"])
  }

  @Test func oneLineMayHoldManyAsInAPaste() {
    var reader = BlockReader(mode: .terminal)
    let function = "def f():\n    a\n\n    b"
    #expect(reader.push(line: function + "\nf()") == [function, "f()"])
    #expect(reader.push(line: function) == [])
    #expect(reader.push(line: "") == [function])
    #expect(reader.push(line: function + "\n\n") == [function])
  }

  @Test func lineTerminatorsAndByteOrderMarkAreDropped() {
    var reader = BlockReader(mode: .terminal)
    #expect(reader.push(line: "\u{feff}if x:\r\n") == [])
    #expect(reader.push(line: "\ty\r") == [])
    #expect(reader.push(line: "\r\n") == ["if x:\n\ty"])
    #expect(reader.push(line: "x = '''a\r\nb'''\r\n") == ["x = '''a\nb'''"])
  }

  @Test func aLongStringIsReadInLinearTime() {
    var reader = BlockReader(mode: .piped)
    _ = reader.push(line: "x = '''")
    for _ in 0..<20_000 { _ = reader.push(line: "some text that goes on for a while") }
    #expect(reader.push(line: "'''").count == 1)
  }
}
