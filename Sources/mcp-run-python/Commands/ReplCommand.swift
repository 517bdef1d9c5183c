public import ArgumentParser
import Foundation
public import MCP
import PythonSandbox
import RunPythonServer
import SystemPackage
import Terminal

struct ReplCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl",
    abstract: "A Python prompt in a sandbox.",
    discussion: """
      Starts a server as a child and talks MCP to it. Variables live from block to block. Piped input is run \
      block by block; values of expressions are shown by repr. The exit status is 1 if the last block failed.

      Examples:
        mcp-run-python repl --deps pandas
        mcp-run-python repl -c '[n * n for n in range(5)]'
        printf 'x = 6\\nx * 7\\n' | mcp-run-python repl
        mcp-run-python repl --trace traffic.jsonl script.py
      """)

  @OptionGroup var dependencyOptions: DependencyOptions
  @OptionGroup var cacheOptions: CacheOptions

  @Flag(help: "No network for the code.")
  var disableNetworking = false

  @Option(help: "What a block leaves for the next one: keep, reset or fresh.")
  var state = StateMode.keep

  @Option(name: .customShort("c"), help: ArgumentHelp("Run this code and leave.", valueName: "code"))
  var code: String?

  @Flag(help: "Line editing without the full screen.")
  var plain = false

  @Option(help: ArgumentHelp("Write every message as JSON lines to this file.", valueName: "file"))
  var trace: String?

  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp("MCP revision to speak: auto, or one such as 2025-06-18.", valueName: "revision"))
  var protocolChoice = ProtocolChoice.auto

  @Argument(help: "A file of Python code to run.")
  var file: String?

  func validate() throws {
    if code != nil, file != nil { throw ValidationError("-c and a file exclude each other.") }
  }

  func run() async throws {
    let source = try wholeSource()
    try await prepare()
    let status = try await reportingFailures {
      let trace = try trace.map { try TraceFile(path: FilePath($0)) }
      let console = ReplConsole()
      let client = try await connect(trace: trace, console: console)
      let session = ReplSession(client: client, console: console)
      let status: ReplStatus
      if let source {
        status = await session.runOnce(source)
      } else if TerminalTraits(of: .standardInput, environment: [:]).isTerminal {
        status = try await PlainPrompt(session: session).run()
      } else {
        status = await PipedInput(session: session).run()
      }
      await client.close()
      return status
    }
    if status.code != 0 { throw ExitCode(status.code) }
  }

  /// The code of -c or of the file; nil for input that comes block by block.
  private func wholeSource() throws -> String? {
    if let code { return code }
    guard let file else { return nil }
    guard let data = FileManager.default.contents(atPath: file) else {
      StandardError.print("mcp-run-python: the file \(file) does not exist or cannot be read.")
      throw ExitCode.failure
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Fetches and builds here, where progress can be shown; the child then finds everything in the cache.
  private func prepare() async throws {
    let sandbox = cacheOptions.sandbox(dependencyOptions.dependencies)
    _ = try await reportingFailures {
      try await PreparationDisplay(verbose: cacheOptions.verbose).show {
        try await sandbox.prepare(report: $0).image.name
      }
    }
  }

  private func connect(trace: TraceFile?, console: ReplConsole) async throws -> Client {
    let child = ChildProcessTransport(command: try OwnExecutable.path(), arguments: serverArguments)
    let transport: any Transport =
      trace.map { trace in TappedTransport(child) { trace.record($0, $1) } } ?? child
    let client = try await Client.connect(
      over: transport, info: Implementation(name: "mcp-run-python repl", version: RunPythonServer.version),
      protocol: protocolChoice, onLog: { console.show($0) })
    try await client.setLogLevel(.info)
    return client
  }

  private var serverArguments: [String] {
    var arguments = ["stdio", "--state", state.rawValue, "--return-mode", "json"]
    arguments += ["--cache-dir", cacheOptions.cache.root.string]
    for requirement in dependencyOptions.dependencies.requirements { arguments += ["--deps", requirement] }
    if disableNetworking { arguments.append("--disable-networking") }
    if cacheOptions.offline { arguments.append("--offline") }
    if cacheOptions.verbose { arguments.append("--verbose") }
    return arguments
  }
}

extension ProtocolChoice: ExpressibleByArgument {
  public init?(argument: String) {
    if argument == "auto" {
      self = .auto
    } else if let revision = Revision(rawValue: argument) {
      self = .revision(revision)
    } else {
      return nil
    }
  }

  public static var allValueStrings: [String] { ["auto"] + Revision.allCases.map(\.rawValue) }
  public var defaultValueDescription: String { "auto" }
}
