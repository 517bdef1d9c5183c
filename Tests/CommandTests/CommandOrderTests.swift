import Testing

@testable import mcp_run_python

@Suite struct CommandOrderTests {
  private let order = CommandOrder(commands: ["stdio", "example", "repl"])

  @Test(arguments: [
    ("--deps numpy example", "example --deps numpy"),
    ("--deps=numpy --offline example --verbose", "example --deps=numpy --offline --verbose"),
    ("--deps stdio repl", "repl --deps stdio"),
    ("stdio --deps numpy", "stdio --deps numpy"),
    ("--version", "--version"),
    ("--deps numpy", "--deps numpy"),
    ("--deps", "--deps"),
    ("bogus stdio", "bogus stdio"),
    ("-- stdio", "-- stdio"),
    ("repl -- stdio", "repl -- stdio"),
  ])
  func theCommandComesFirst(given: String, expected: String) {
    #expect(
      order.commandFirst(given.split(separator: " ").map(String.init)).joined(separator: " ") == expected)
  }

  @Test func anEmptyLineStaysEmpty() {
    #expect(order.commandFirst([]) == [])
  }
}
