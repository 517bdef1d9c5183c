public import ArgumentParser
import MCP
import MCPRunPython
import PythonSandbox
import ReplShell
public import RunPythonTool
import SystemSupport

struct PrepareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Install packages, and print how an MCP client starts the server.",
    discussion: """
      Prints command, arguments and environment as JSON, or with --for what stands in a client's own settings. With \
      --write it puts that into the client's settings file, and keeps the former one beside it.

      Examples:
        mcp-run-python prepare stdio --deps numpy
        mcp-run-python prepare stdio --deps pandas --for claude-desktop
        mcp-run-python prepare stdio --deps pandas --for zed --write
        mcp-run-python prepare stdio --for codex --dry-run
      """)

  @Argument(help: "The way in which the client talks to the server.")
  var transport: ServerTransport

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "The client whose settings to print: claude-desktop, claude-code, cursor, vscode, zed, goose, codex, "
        + "gemini-cli or windsurf.",
      valueName: "client"))
  var client: ClientSettings?

  @Flag(
    help: "With --for: put the server into the client's settings file. claude-code has a command for that.")
  var write = false

  @Flag(help: "With --for: install nothing, and show what --write would change.")
  var dryRun = false

  @OptionGroup var sandboxOptions: SandboxOptions
  @OptionGroup var stateOptions: StateOptions
  @OptionGroup var answerOptions: AnswerOptionGroup

  func validate() throws {
    if client != nil, transport != .stdio {
      throw ValidationError(
        "--for is for servers that the client starts: mcp-run-python prepare stdio --for …")
    }
    if client == nil, write || dryRun {
      throw ValidationError("--write and --dry-run want --for with the client whose settings they are about.")
    }
  }

  func run() async throws {
    let cache = sandboxOptions.cacheOptions
    var line = sandboxOptions.serverCommandLine(stateOptions, answerOptions.results)
    line.transport = transport
    let prepared = PreparedEnvironment(command: try OwnExecutable.path(), arguments: line.arguments)
    try await reportingFailures {
      if !dryRun {
        _ = try await PreparationDisplay(verbose: cache.verbose).show {
          try await sandboxOptions.sandbox.prepare(report: $0).image.name
        }
      }
      if let client, write || dryRun {
        try merge(prepared, into: client)
      } else if let client {
        print(client.text(prepared))
      } else {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(prepared), as: UTF8.self))
      }
    }
  }

  /// Changes the client's settings, or says what it would change.
  private func merge(_ prepared: PreparedEnvironment, into client: ClientSettings) throws {
    if case .command = client.form {
      StandardError.print("\(client.rawValue) changes its settings itself, by this command:")
      return print(client.text(prepared))
    }
    guard let path = client.file(ProcessInfo.processInfo.environment) else {
      throw CommandFailure(
        "HOME is not set, so that nobody knows where the settings of \(client.rawValue) are.")
    }
    let file = try SettingsFile(path)
    let text: String
    do {
      text = try client.merged(prepared, into: file.former ?? "")
    } catch {
      throw CommandFailure(
        "The settings in \(path) were not changed: \(error.text). Put this into them by hand:\n"
          + client.text(prepared))
    }
    guard text != file.former else { return print("\(path) has this server already.") }
    if dryRun { return print(file.difference(to: text)) }
    let backup = try file.write(text)
    print("\(path) has the server now, as \"\(ClientSettings.serverName)\". Restart the client.")
    if let backup { print("The settings as they were before are in \(backup)") }
  }
}

extension ServerTransport: ExpressibleByArgument {}
