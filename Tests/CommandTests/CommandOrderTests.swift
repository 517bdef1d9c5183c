import Testing

@testable import mcp_run_python

@Suite struct CommandOrderTests {
  private static let order = CommandOrder(of: MainCommand.self)

  @Test(arguments: [
    ("--deps numpy example", "example --deps numpy"),
    ("--deps=numpy --offline example --verbose", "example --deps=numpy --offline --verbose"),
    ("--deps stdio repl", "repl --deps stdio"),
    ("-c stdio --plain repl", "repl -c stdio --plain"),
    ("--allow-origin stdio --insecure streamable-http", "streamable-http --allow-origin stdio --insecure"),
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
      Self.order.commandFirst(given.split(separator: " ").map(String.init)).joined(separator: " ") == expected
    )
  }

  @Test func anEmptyLineStaysEmpty() {
    #expect(Self.order.commandFirst([]) == [])
  }
}
