import Logging

/// The server's own log goes to stderr, because stdout carries MCP only.
///
/// - Parameter level: the lowest level that is told without `--verbose`.
func serverLogger(verbose: Bool, level: Logger.Level = .warning) -> Logger {
  var logger = Logger(label: "mcp-run-python") { StreamLogHandler.standardError(label: $0) }
  logger.logLevel = verbose ? .debug : level
  return logger
}
