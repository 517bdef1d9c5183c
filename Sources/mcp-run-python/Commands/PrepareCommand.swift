public import ArgumentParser
import MCPRunPython
import PythonSandbox
public import RunPythonTool
import SystemSupport

struct PrepareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Install packages, and print how an MCP client starts the server.",
    discussion: """
      Prints command, arguments and environment as JSON, or with --for what stands in a client's own settings.

      Examples:
        mcp-run-python prepare stdio --deps numpy
        mcp-run-python prepare stdio --deps pandas --for claude-desktop
      """)

  @Argument(help: "The way in which the client talks to the server.")
  var transport: ServerTransport

  @Option(
    name: .customLong("for"), help: ArgumentHelp("Print the settings of this client.", valueName: "client"))
  var client: ClientSettings?

  @OptionGroup var sandboxOptions: SandboxOptions
  @OptionGroup var stateOptions: StateOptions
  @OptionGroup var answerOptions: AnswerOptionGroup

  func validate() throws {
    if client != nil, transport != .stdio {
      throw ValidationError(
        "--for is for servers that the client starts: mcp-run-python prepare stdio --for …")
    }
  }

  func run() async throws {
    let cache = sandboxOptions.cacheOptions
    _ = try await reportingFailures {
      try await PreparationDisplay(verbose: cache.verbose).show {
        try await sandboxOptions.sandbox.prepare(report: $0).image.name
      }
    }
    var line = sandboxOptions.serverCommandLine(stateOptions, answerOptions.results)
    line.transport = transport
    let prepared = PreparedEnvironment(command: try OwnExecutable.path(), arguments: line.arguments)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = try client.map { try $0.encode(prepared, with: encoder) } ?? encoder.encode(prepared)
    print(String(decoding: data, as: UTF8.self))
  }
}

extension ServerTransport: ExpressibleByArgument {}

/// Programs whose settings name MCP servers.
enum ClientSettings: String, ExpressibleByArgument, CaseIterable {
  case claudeDesktop = "claude-desktop"
  case cursor
  case vscode

  /// The whole settings file with this one server in it.
  func encode(_ prepared: PreparedEnvironment, with encoder: JSONEncoder) throws -> Data {
    struct Server: Encodable {
      var type: String?
      let command: String
      let args: [String]
    }
    var server = Server(command: prepared.command, args: prepared.arguments)
    switch self {
    case .claudeDesktop, .cursor:
      return try encoder.encode(["mcpServers": ["python": server]])
    case .vscode:
      server.type = "stdio"
      return try encoder.encode(["servers": ["python": server]])
    }
  }
}
