import ArgumentParser

struct StreamableHTTPCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "streamable-http",
    abstract: "Serve MCP over Streamable HTTP to many clients.",
    discussion: """
      Each client has Python to itself, from its first call to the end of its session. The endpoint is /mcp; /healthz, \
      /readyz and /metrics are for operators. Ends on SIGTERM: running calls get 10 seconds.

      Examples:
        mcp-run-python streamable-http --deps numpy
        mcp-run-python streamable-http --port 8080 --pool 4 --max-sessions 16
        mcp-run-python streamable-http --host 0.0.0.0 --token-file token --allow-host mcp.example.org
      """)

  @OptionGroup var serving: HTTPServing

  func run() async throws {
    try await serving.run(isStateless: false)
  }
}

struct StatelessHTTPCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "streamable-http-stateless",
    abstract: "Serve MCP over Streamable HTTP without sessions.",
    discussion: """
      As streamable-http, but each call stands alone: it gets an interpreter that nobody used before. With \
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
