import ArgumentParser
import RunPythonServer

@main
struct MCPRunPython: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp-run-python",
    abstract: "Runs untrusted Python in a sandbox: an MCP server, and a prompt that talks to it.",
    discussion: """
      The code runs in Pyodide (CPython compiled to WebAssembly) inside a Deno process with almost no permissions. \
      Packages named with --deps are installed first; the code itself cannot write to disk.

      Examples:
        mcp-run-python stdio --deps numpy,pandas     a server for an MCP client
        mcp-run-python streamable-http --port 3001   a server for many clients
        mcp-run-python repl --deps pandas            a prompt
        mcp-run-python repl -c 'print(6 * 7)'        one piece of code
        mcp-run-python --deps numpy example          check that all works
      """,
    version: "mcp-run-python \(RunPythonServer.version)",
    subcommands: [
      StdioCommand.self, StreamableHTTPCommand.self, StatelessHTTPCommand.self, ExampleCommand.self,
      ReplCommand.self, InstallCommand.self, PrepareCommand.self, DoctorCommand.self,
    ]
  )

  private static var names: [String] { configuration.subcommands.map { $0.configuration.commandName ?? "" } }

  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    // Describing all options takes time, and few users write one before the command.
    let beginsWithOption = arguments.first?.hasPrefix("-") ?? false
    await main(beginsWithOption ? CommandOrder(of: Self.self).commandFirst(arguments) : arguments)
  }

  func run() async throws {
    throw ValidationError("A command is missing: one of \(Self.names.joined(separator: ", ")).")
  }
}
