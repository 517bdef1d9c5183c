import Logging

/// The server's own log goes to stderr; stdout carries MCP only.
///
/// - Parameter level: What is told without `--verbose`.
func serverLogger(verbose: Bool, level: Logger.Level = .warning) -> Logger {
  var logger = Logger(label: "mcp-run-python") { StreamLogHandler.standardError(label: $0) }
  logger.logLevel = verbose ? .debug : level
  return logger
}
