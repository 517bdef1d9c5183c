import ArgumentParser
import Foundation
import MCP
import RunPythonServer
import UnixSignals

struct StdioCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stdio",
    abstract: "Serve MCP on standard input and output.",
    discussion: """
      For MCP clients that start their server as a child process. The Python interpreter starts loading at \
      once. Ends when the client closes standard input, or on SIGTERM.
      """)

  @OptionGroup var sandboxOptions: SandboxOptions
  @OptionGroup var stateOptions: StateOptions

  @Option(help: "Largest message from the client, in bytes.")
  var maxMessage = 4 << 20

  @Option(help: .hidden)
  var port: Int?

  func validate() throws {
    if port != nil { throw ValidationError("--port is for HTTP servers; stdio has no port.") }
    if maxMessage < 1024 { throw ValidationError("--max-message must be at least 1024.") }
  }

  func run() async throws {
    ignoreBrokenPipes()
    let server = RunPythonServer(
      sandbox: sandboxOptions.sandbox(keeping: stateOptions.state), state: stateOptions.state,
      returnMode: sandboxOptions.returnMode,
      offersCheckpoints: stateOptions.checkpoints,
      logger: serverLogger(verbose: sandboxOptions.cacheOptions.verbose))
    let transport = try StdioTransport.claimingStandardStreams(maximumMessageBytes: maxMessage)
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await server.serve(over: transport) }
      group.addTask { for await _ in signals { return } }
      await group.next()
      // Clients often close and signal at once: what comes now changes nothing any more.
      for number in [SIGTERM, SIGINT, SIGHUP] { signal(number, SIG_IGN) }
      group.cancelAll()
    }
    for number in [SIGTERM, SIGINT, SIGHUP] { signal(number, SIG_IGN) }
  }
}
