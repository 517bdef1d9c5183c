import ArgumentParser
import RunPythonTool
import Testing

@testable import mcp_run_python

/// The words that other programs start the server with are those that its parser knows.
@Suite struct ServerCommandLineTests {
  private func parse(_ line: ServerCommandLine) throws -> StdioCommand {
    try StdioCommand.parse(Array(line.arguments.dropFirst()))
  }

  @Test func defaultsAreLeftOut() throws {
    #expect(ServerCommandLine().arguments == ["stdio"])
    let command = try parse(ServerCommandLine())
    let line = command.sandboxOptions.serverCommandLine(command.stateOptions, command.answerOptions.results)
    #expect(line == ServerCommandLine())
  }

  @Test func parserKnowsEveryWord() throws {
    var line = ServerCommandLine()
    line.dependencies = ["numpy", "pandas<4,>=2"]
    line.networking = .hosts(["example.org", "example.org:81"])
    line.limits = SandboxLimits(timeout: 1.5, memory: 128, output: 10, residentMemory: 512)
    line.mounts = [
      .readOnly("/etc/hostname"), .overlay("/usr", at: "/mnt/ab"), .writeThrough("/tmp", at: "/data"),
    ]
    line.usesSnapshot = false
    line.state = .keep
    line.offersCheckpoints = true
    line.handlesFiles = true
    line.textForm = .json
    line.results = ResultOptions(structured: .only, toolErrors: .flag, inputTimeout: 0)
    line.cacheFolder = "/tmp/cache"
    line.isOffline = true
    line.isVerbose = true
    let command = try parse(line)
    #expect(command.checkpointFiles)
    #expect(command.sandboxOptions.cacheOptions.verbose)
    // These two are for the client that the line is meant for, and no part of what `prepare` prints.
    line.handlesFiles = false
    line.isVerbose = false
    #expect(
      command.sandboxOptions.serverCommandLine(command.stateOptions, command.answerOptions.results) == line)
  }

  @Test(arguments: SandboxState.allCases) func stateIsAWordOfItsOwn(state: SandboxState) throws {
    var line = ServerCommandLine()
    line.state = state
    #expect(try parse(line).stateOptions.state == state)
  }

  @Test func noNetworkIsAWordOfItsOwn() throws {
    var line = ServerCommandLine()
    line.networking = .none
    #expect(try parse(line).sandboxOptions.limitOptions.network == .none)
  }

  @Test(arguments: ServerTransport.allCases) func transportIsACommand(transport: ServerTransport) {
    let commands = MainCommand.configuration.subcommands.map { $0.configuration.commandName }
    #expect(commands.contains(transport.rawValue))
  }

  @Test func installationIsACommand() throws {
    let words = ServerCommandLine.installing(["numpy"])
    #expect(words.first == InstallCommand.configuration.commandName)
    let command = try InstallCommand.parse(Array(words.dropFirst()))
    #expect("\(command.dependencyOptions.dependencies)" == "numpy")
  }
}
