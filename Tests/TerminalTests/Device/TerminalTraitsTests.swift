import SystemPackage
import Terminal
import Testing

@Suite struct TerminalTraitsTests {
  private static let usual = ["TERM": "xterm-256color", "LANG": "en_GB.UTF-8"]

  private func traits(
    _ changes: [String: String], isTerminal: Bool = true, columns: Int? = nil
  ) -> TerminalTraits {
    let environment = Self.usual.merging(changes) { $1 }
    return TerminalTraits(isTerminal: isTerminal, columns: columns, environment: environment)
  }

  @Test func usualTerminal() {
    #expect(
      traits([:], columns: 132)
        == TerminalTraits(isTerminal: true, colour: true, depth: .palette, width: 132, unicode: true))
  }

  @Test(arguments: [
    (["NO_COLOR": "1"], false),
    (["NO_COLOR": ""], true),
    (["TERM": "dumb"], false),
    (["TERM": ""], false),
  ])
  func colour(_ changes: [String: String], _ expected: Bool) {
    #expect(traits(changes).colour == expected)
    #expect(!traits(changes, isTerminal: false).colour)
  }

  @Test(
    arguments: [
      ([:], nil, 80),
      (["COLUMNS": "100"], nil, 100),
      (["COLUMNS": "100"], 0, 100),
      (["COLUMNS": "100"], 120, 120),
      (["COLUMNS": "-5"], nil, 80),
      (["COLUMNS": "wide"], nil, 80),
    ] as [([String: String], Int?, Int)])
  func width(_ changes: [String: String], _ columns: Int?, _ expected: Int) {
    #expect(traits(changes, columns: columns).width == expected)
  }

  @Test(arguments: [
    (["LANG": "de_DE.utf8"], true),
    (["LANG": "C"], false),
    (["LANG": ""], false),
    (["LC_CTYPE": "en_US.ISO-8859-1"], false),
    (["LC_CTYPE": "C", "LC_ALL": "C.UTF-8"], true),
    (["LC_ALL": ""], true),
  ])
  func unicode(_ changes: [String: String], _ expected: Bool) {
    #expect(traits(changes).unicode == expected)
  }

  @Test func realDescriptors() throws {
    let terminal = try PseudoTerminal(columns: 97)
    let traits = TerminalTraits(of: terminal.program, environment: Self.usual)
    #expect(
      traits
        == TerminalTraits(
          isTerminal: true, colour: true, depth: .palette, width: 97, height: 24, unicode: true))
    let (reader, writer) = try FileDescriptor.pipe()
    defer {
      try? reader.close()
      try? writer.close()
    }
    #expect(!TerminalTraits(of: writer, environment: Self.usual).isTerminal)
  }
}
