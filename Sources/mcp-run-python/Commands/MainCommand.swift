import ArgumentParser
import COlderSystems  // It has nothing to call: it stands in for what an older C library lacks.
import MCP
import RunPythonTool
import SystemSupport

@main
struct MainCommand: AsyncParsableCommand {
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
    version: "mcp-run-python \(Product.version)",
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

/// Lets options stand before the command, as the original's users write them: `--deps numpy example`.
struct CommandOrder {
  private let commands: Set<String>
  /// The options that take the next argument as their value.
  private let withValue: Set<String>

  /// - Parameter root: the command that has the subcommands.
  init(of root: (some ParsableCommand).Type) {
    let commands = Self.description(of: root)?["subcommands"]?.arrayValue ?? []
    self.commands = Set(commands.compactMap { $0["commandName"]?.stringValue })
    let options = commands.flatMap { $0["arguments"]?.arrayValue ?? [] }.filter { $0["kind"] == "option" }
    withValue = Set(Self.spellings(of: options))
  }

  /// Moves the command, if there is one, before the options that precede it.
  func commandFirst(_ arguments: [String]) -> [String] {
    var index = arguments.startIndex
    while index < arguments.endIndex, arguments[index].hasPrefix("-"), arguments[index] != "--" {
      index += withValue.contains(arguments[index]) ? 2 : 1
    }
    guard index < arguments.endIndex, commands.contains(arguments[index]) else { return arguments }
    return [arguments[index]] + arguments[..<index] + arguments[(index + 1)...]
  }

  /// The options of one command, in the form in which they are typed.
  static func options(of command: (some ParsableCommand).Type) -> [String] {
    spellings(of: description(of: command)?["arguments"]?.arrayValue ?? [])
  }

  private static func description(of command: (some ParsableCommand).Type) -> JSON? {
    (try? JSON(parsing: Array(command._dumpHelp().utf8)))?["command"]
  }

  private static func spellings(of arguments: [JSON]) -> [String] {
    arguments.flatMap { $0["names"]?.arrayValue ?? [] }.compactMap(spelling)
  }

  private static func spelling(_ name: JSON) -> String? {
    guard let text = name["name"]?.stringValue else { return nil }
    return name["kind"] == "long" ? "--\(text)" : "-\(text)"
  }
}

/// The path of this program, to start it again as a server.
enum OwnExecutable {
  static func path() throws -> String {
    #if os(Linux)
      try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    #else
      Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
  }
}
