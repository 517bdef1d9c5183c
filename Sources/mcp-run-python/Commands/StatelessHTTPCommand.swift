import ArgumentParser

struct StatelessHTTPCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "streamable-http-stateless",
    abstract: "Serve MCP over Streamable HTTP without sessions.",
    discussion: """
      This is like streamable-http, but each call stands alone: it gets an interpreter that nobody used before. With \
      --state keep, a call names the session whose variables it goes on with.

      Examples:
        mcp-run-python streamable-http-stateless --deps numpy
        mcp-run-python streamable-http-stateless --state keep --pool 4
      """)

  @OptionGroup var serving: HTTPServing

  func run() async throws {
    try await serving.run(isStateless: true)
  }
}
