import ArgumentParser
import MCP
import PythonSandbox
import ReplShell
import RunPythonServer
import RunPythonTool
import SystemSupport

struct ExampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "example",
    abstract: "Run a small numpy example in the sandbox and print the tool's result.",
    discussion: """
      The code needs numpy. Exits with 1 if it failed.

      Examples:
        mcp-run-python example --deps numpy
        mcp-run-python example --deps numpy --return-mode json
      """)

  @OptionGroup var sandboxOptions: SandboxOptions

  private static let code = """
    import numpy
    a = numpy.array([1, 2, 3])
    print('numpy array:', a)
    a
    """

  func run() async throws {
    ignoreBrokenPipes()
    StandardError.print("Running the example with mcp-run-python \(Product.version)...")
    let sandbox = try sandboxOptions.sandbox
    let verbose = sandboxOptions.cacheOptions.verbose
    _ = try await reportingFailures {
      try await PreparationDisplay(verbose: verbose).show { try await sandbox.prepare(report: $0).image.name }
    }
    let server = ToolServer(
      sandbox: sandbox, state: .reset, textForm: sandboxOptions.returnMode,
      logger: serverLogger(verbose: verbose))
    let (near, far) = InMemoryTransport.pair()
    let result = try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await server.serve(over: far) }
      let client = try await Client.connect(
        over: near, info: Product.part("mcp-run-python example"))
      let result = try await client.callTool(
        ToolName.run.rawValue, arguments: RunRequest(Self.code).arguments)
      await client.close()
      try await group.waitForAll()
      return result
    }
    print("Tool return value:")
    for case .text(let text) in result.content { print(text) }
    if RunAnswer(result).status != .success { throw ExitCode.failure }
  }
}
