import Logging
import PythonSandbox
import ReplShell
import SystemPackage
import SystemSupport
import Terminal
import TerminalText

/// Shows how far the preparation of a sandbox is: a line that counts the seconds on a terminal, elsewhere a
/// line for each step. With `verbose` it shows everything. The actor guards the line on the terminal from the
/// clock and the builder, which both write it.
actor PreparationDisplay {
  private let verbose: Bool
  private let traits: TerminalTraits
  private var step = ""
  private var start = ContinuousClock.now
  private var isShown = false

  init(verbose: Bool) {
    self.verbose = verbose
    traits = TerminalTraits(of: .standardError, environment: ProcessInfo.processInfo.environment)
  }

  /// Runs `work`, which reports to the display; on a terminal it leaves no line behind.
  nonisolated func show<Value: Sendable>(
    _ work: @escaping @Sendable (_ report: @escaping PreparationHandler) async throws -> Value
  ) async throws -> Value {
    let (events, input) = AsyncStream<PreparationEvent>.makeStream()
    let drawing = Task { for await event in events { await self.note(event) } }
    let ticking = Task { while (try? await Task.sleep(for: .milliseconds(500))) != nil { await self.draw() } }
    func end() async {
      input.finish()
      await drawing.value
      ticking.cancel()
      await ticking.value
      await erase()
    }
    do {
      let value = try await interruptible { try await work { input.yield($0) } }
      await end()
      return value
    } catch {
      await end()
      throw error
    }
  }

  private func note(_ event: PreparationEvent) {
    if event.level != .debug, event.text != step {
      step = event.text
      start = .now
    }
    if verbose || (event.level != .debug && !traits.isTerminal) {
      erase()
      StandardError.print("install: \(VisibleText.printable(event.text))")
    } else if isShown {
      draw()
    }
  }

  private func draw() {
    guard traits.isTerminal, !verbose, !step.isEmpty else { return }
    let seconds = (ContinuousClock.now - start).components.seconds
    let text = "\(VisibleText.printable(step)) … \(seconds) s"
    var stream = StandardError()
    stream.write("\r\u{1B}[K" + text.prefix(max(20, traits.width - 1)))
    isShown = true
  }

  private func erase() {
    guard isShown else { return }
    var stream = StandardError()
    stream.write("\r\u{1B}[K")
    isShown = false
  }
}

/// The server's own log goes to stderr, because stdout carries MCP only.
///
/// - Parameter level: the lowest level that is told without `--verbose`.
func serverLogger(verbose: Bool, level: Logger.Level = .warning) -> Logger {
  var logger = Logger(label: "mcp-run-python") { StreamLogHandler.standardError(label: $0) }
  logger.logLevel = verbose ? .debug : level
  return logger
}
