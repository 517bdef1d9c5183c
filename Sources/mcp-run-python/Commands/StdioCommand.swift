import ArgumentParser
import MCP
import RunPythonServer
import SystemSupport
import UnixSignals

struct StdioCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stdio",
    abstract: "Serve MCP on standard input and output.",
    discussion: """
      For MCP clients that start their server as a child process. The Python interpreter starts loading at \
      once. Ends when the client closes standard input, or on SIGTERM.

      Examples:
        mcp-run-python stdio
        mcp-run-python stdio --deps numpy,pandas --network none --timeout 30
        mcp-run-python repl -- mcp-run-python stdio     to see what goes over the wire
      """)

  @OptionGroup var sandboxOptions: SandboxOptions
  @OptionGroup var stateOptions: StateOptions
  @OptionGroup var answerOptions: AnswerOptionGroup

  @Option(help: ArgumentHelp("The largest message from the client.", valueName: "bytes"))
  var maxMessage = 4 << 20

  @Option(help: .hidden)
  var port: Int?

  /// This is for a client that belongs to the user: its calls may name files.
  @Flag(help: .hidden)
  var checkpointFiles = false

  func validate() throws {
    if port != nil { throw ValidationError("--port is for HTTP servers; stdio has no port.") }
    if maxMessage < 1024 { throw ValidationError("--max-message must be at least 1024.") }
  }

  func run() async throws {
    ignoreBrokenPipes()
    let server = ToolServer(
      sandbox: try sandboxOptions.sandbox(keeping: stateOptions.state), state: stateOptions.state,
      textForm: sandboxOptions.returnMode, results: answerOptions.results,
      offersCheckpoints: stateOptions.checkpoints, handlesFiles: checkpointFiles,
      logger: serverLogger(verbose: sandboxOptions.cacheOptions.verbose))
    let transport = try StdioTransport.claimingStandardStreams(maximumMessageBytes: maxMessage)
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await server.serve(over: transport) }
      group.addTask { for await _ in signals { return } }
      await group.next()
      Self.ignoreSignals()
      group.cancelAll()
    }
    // The end of `signals` has restored the former handling.
    Self.ignoreSignals()
  }

  /// Clients often close and signal at once. A signal changes nothing once the end has begun.
  private static func ignoreSignals() {
    for number in [SIGTERM, SIGINT, SIGHUP] { signal(number, SIG_IGN) }
  }
}
