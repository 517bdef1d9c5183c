import ArgumentParser
import Logging
import MCP
import MCPHTTP
import Metrics
import PythonSandbox
import ReplShell
import RunPythonServer
import RunPythonTool
import SystemSupport
import UnixSignals

struct StreamableHTTPCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "streamable-http",
    abstract: "Serve MCP over Streamable HTTP to many clients.",
    discussion: """
      Each client has Python to itself, from its first call to the end of its session. The endpoint is /mcp; /healthz, \
      /readyz and /metrics are for operators. Ends on SIGTERM: running calls get 10 seconds.

      Examples:
        mcp-run-python streamable-http --deps numpy
        mcp-run-python streamable-http --port 8080 --pool 4 --max-sessions 16
        mcp-run-python streamable-http --host 0.0.0.0 --token-file token --allow-host mcp.example.org
      """)

  @OptionGroup var serving: HTTPServing

  func run() async throws {
    try await serving.run(isStateless: false)
  }
}

struct StatelessHTTPCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "streamable-http-stateless",
    abstract: "Serve MCP over Streamable HTTP without sessions.",
    discussion: """
      This is like streamable-http, but each call stands alone: it gets an interpreter that nobody used before. With \
      --state keep, a call names the session whose variables it goes on with.

      Examples:
        mcp-run-python streamable-http-stateless --deps numpy
        mcp-run-python streamable-http-stateless --state keep --pool 4
      """)

  @OptionGroup var serving: HTTPServing

  func run() async throws {
    try await serving.run(isStateless: true)
  }
}

/// The common work of both HTTP commands.
struct HTTPServing: ParsableArguments {
  @OptionGroup var httpOptions: HTTPOptions
  @OptionGroup var sandboxOptions: SandboxOptions
  @OptionGroup var stateOptions: StateOptions
  @OptionGroup var answerOptions: AnswerOptionGroup

  func run(isStateless: Bool) async throws {
    ignoreBrokenPipes()
    OpenFiles.allowAsManyAsPossible()
    try await reportingFailures { try await serve(isStateless: isStateless) }
  }

  private func serve(isStateless: Bool) async throws {
    var options = try httpOptions.serverOptions(isStateless: isStateless)
    let logger = serverLogger(verbose: sandboxOptions.cacheOptions.verbose, level: .info)
    let metrics = PrometheusRegistry(help: OperatingMetrics.help)
    MetricsSystem.bootstrap(metrics)
    let pool = InterpreterPool(
      source: try sandboxOptions.sandbox(keeping: stateOptions.state), size: httpOptions.pool,
      report: { logger.log($0) },
      onDiagnostic: { logger.debug("\($0)", metadata: ["from": "deno"]) })
    let host = RunPythonHost(
      pool: pool, state: stateOptions.state, textForm: sandboxOptions.returnMode,
      results: answerOptions.results,
      maximumSessions: httpOptions.maxSessions, sessionTimeout: options.sessionTimeout,
      offersCheckpoints: stateOptions.checkpoints,
      wording: { $0.wording }, logger: logger)
    options.inputTimeout = answerOptions.results.longestQuestion
    options.tools = host.requestTools
    options.isReady = { await pool.isReady }
    options.metrics = {
      OperatingMetrics.measureMemory()
      return metrics.text
    }
    await pool.fill()
    let server = StreamableHTTPServer(options: options, logger: logger) { kind in
      switch kind {
      case .session: try host.sessionServer()
      case .request(let proposal): host.requestServer(proposal: proposal)
      }
    }
    do {
      try await run(server, at: options.host)
    } catch let error as StreamableHTTPServer.CannotListen {
      await host.close()
      throw CommandFailure(
        "Cannot listen on \(options.host), port \(options.port): \(error.reason). Another port: --port.")
    }
    await host.close()
  }

  /// Serves until a signal comes, and then until all is done or a second signal comes.
  private func run(_ server: StreamableHTTPServer, at host: String) async throws {
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
    let (stops, stop) = AsyncStream<Void>.makeStream()
    let address = host.contains(":") ? "[\(host)]" : host
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await server.run(
          onReady: {
            print("Listening on http://\(address):\($0)/mcp")
            fflush(nil)
          },
          until: { for await _ in stops { return } })
      }
      group.addTask {
        var count = 0
        for await _ in signals {
          count += 1
          stop.yield()
          if count == 2 { return }
        }
      }
      defer { group.cancelAll() }
      do {
        try await group.next()
      } catch is CancellationError {}
    }
  }
}

/// The number of files and connections that this process may have open.
enum OpenFiles {
  /// Raises the limit, which is low as a rule: every connection and every interpreter takes some.
  static func allowAsManyAsPossible() {
    var limit = rlimit()
    #if os(Linux)
      let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let kind = RLIMIT_NOFILE
    #endif
    guard getrlimit(kind, &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(kind, &limit)
  }
}
