import Logging

/// The server's own log goes to stderr; stdout carries MCP only.
func serverLogger(verbose: Bool) -> Logger {
  var logger = Logger(label: "mcp-run-python") { StreamLogHandler.standardError(label: $0) }
  logger.logLevel = verbose ? .debug : .warning
  return logger
}
