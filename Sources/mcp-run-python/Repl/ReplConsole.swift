import Foundation
import MCP
import Synchronization
import SystemPackage
import Terminal

/// Where the REPL's output goes: what the code printed, to the stream that it printed to; values to stdout;
/// errors to stderr. On a terminal control characters are made visible.
final class ReplConsole: Sendable {
  private let isTerminal: [FileDescriptor: Bool]
  /// Keeps what two tasks write whole and in order.
  private let writing = Mutex(())

  init() {
    let environment = ProcessInfo.processInfo.environment
    isTerminal = [FileDescriptor.standardOutput, .standardError].reduce(into: [:]) {
      $0[$1] = TerminalTraits(of: $1, environment: environment).isTerminal
    }
  }

  /// Shows a log message of the server. What the code printed comes this way.
  func show(_ message: LogMessage) {
    let text = message.data.stringValue ?? message.data.text
    // A line whose end is still to come has no newline yet.
    let end = message.meta?["mcp-run-python/partial"] == true ? "" : "\n"
    switch message.logger {
    case "stdout", "display": write(text + end, to: .standardOutput)
    case "stderr": write(text + end, to: .standardError)
    default:
      if message.level >= .warning { write("[\(message.logger ?? "server")] \(text)\n", to: .standardError) }
    }
  }

  func showValue(_ representation: String) {
    write(representation + "\n", to: .standardOutput)
  }

  func showError(_ text: String) {
    write(text.hasSuffix("\n") ? text : text + "\n", to: .standardError)
  }

  private func write(_ text: String, to descriptor: FileDescriptor) {
    let shown = isTerminal[descriptor] == true ? sanitized(text) : text
    writing.withLock { _ in _ = try? descriptor.writeAll(Array(shown.utf8)) }
  }
}
