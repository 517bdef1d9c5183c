internal import JSON
internal import MCP
internal import RunPythonTool

/// Runs `body` with a sandbox for Python, and ends the sandbox on every way out of it.
///
/// The sandbox is the server `mcp-run-python` in a child process, asked over MCP: any MCP client would run
/// the code in the same way. It takes code at once; missing packages are fetched before the first evaluation.
///
/// ```swift
/// let mean = try await codeSandbox(dependencies: ["numpy"]) { sandbox in
///   let result = try await sandbox.eval("import numpy\nnumpy.mean(thing)", globals: ["thing": [1, 2, 3]])
///   return try result.get().value.decode(Double.self)
/// }
/// ```
///
/// - Parameters:
///   - dependencies: The packages that the code may import, as for pip: `numpy`, `pandas==3.0.2`.
///   - logHandler: Gets the code's output while it runs, line by line, and the steps of installing packages.
///     All that precedes a result comes before that result. It must not block.
///   - networking: The hosts that the code may reach.
///   - limits: The time, memory and output that the code may use.
///   - mounts: The folders and files of this machine that the code finds: `[.readOnly("data", at: "/data")]`.
///   - state: The state that an evaluation leaves for the next one in the same sandbox. By default this is
///     nothing, but its variables when there is a checkpoint to go on from.
///   - checkpoint: The state that the sandbox goes on from; by default, a new Python. It can be a
///     ``CodeSandbox/checkpoint()`` of another process with the same dependencies. It needs the state
///     ``SandboxState/keep``.
///   - executable: The path of the server's executable. By default it is `MCP_RUN_PYTHON` of the environment,
///     else `mcp-run-python` beside this program, else on the PATH.
///   - isolation: The actor that `body` runs on; by default, the caller's.
///   - body: Gets the sandbox. Several evaluations at once are done one after the other.
/// - Returns: The result of `body`.
/// - Throws: The errors of `body`, or `CodeSandboxError` when the server cannot be started or cannot go on
///   from the checkpoint.
public func codeSandbox<Value: Sendable>(
  dependencies: [String] = [], logHandler: LogHandler? = nil, networking: Networking = .publicOnly,
  limits: SandboxLimits = SandboxLimits(), mounts: [SandboxMount] = [], state: SandboxState? = nil,
  resuming checkpoint: SandboxCheckpoint? = nil, executable: String? = nil,
  isolation: isolated (any Actor)? = #isolation, _ body: (CodeSandbox) async throws -> Value
) async throws -> Value {
  var line = ServerCommandLine()
  line.dependencies = dependencies
  line.networking = networking
  line.limits = limits
  line.mounts = mounts
  line.state = state ?? (checkpoint == nil ? .reset : .keep)
  line.offersCheckpoints = line.state == .keep
  line.handlesFiles = line.state == .keep
  line.textForm = .json
  let prepared = PreparedEnvironment(
    command: executable ?? ServerExecutable.path, arguments: line.arguments)
  let sandbox = try await CodeSandbox.start(
    prepared, keepsState: line.state == .keep, logHandler: logHandler)
  do {
    if let checkpoint { try await sandbox.restore(checkpoint) }
    let value = try await body(sandbox)
    await sandbox.close()
    return value
  } catch {
    await sandbox.close()
    throw error
  }
}

/// Gets each log message: the level, the origin (`stdout`, `stderr`, `install`, `sandbox`) and the text.
public typealias LogHandler = @Sendable (LogEntry) -> Void

/// A line of the code's output, or an event of its sandbox.
public struct LogEntry: Sendable, Hashable {
  /// An RFC 5424 level: `debug`, `info`, `warning`, …
  public var level: String
  /// The origin: `stdout` or `stderr` for the code's output, `install` for packages, `sandbox` for incidents.
  public var logger: String
  /// The line without its end, or the sentence.
  public var text: String
  /// True when this begins a line whose rest comes in a later entry.
  public var isPartial: Bool
}

/// Python in a sandbox, for the time of one
/// ``codeSandbox(dependencies:logHandler:networking:limits:mounts:state:resuming:executable:isolation:_:)``.
public struct CodeSandbox: Sendable {
  let tools: ToolClient
  /// True when there is a state to save.
  let keepsState: Bool
  /// The session's name for the server; nil for the first one.
  let session: String?

  /// Runs code. Cancelling the task interrupts the code and throws `CancellationError`.
  ///
  /// - Parameters:
  ///   - code: Python code; top-level `await` works, and the value of the last line is the result's.
  ///   - globals: Variables that the code finds; each is encoded as JSON.
  /// - Returns: The result; an error of the Python code is a result too.
  /// - Throws: `CodeSandboxError` when the server is gone or does not take the variables, and the errors of a
  ///   value's `encode(to:)`.
  public func eval(_ code: String, globals: [String: any Encodable & Sendable] = [:]) async throws
    -> CodeResult
  {
    let variables = try globals.map { name, value in (name, try JSON(encoding: value)) }
    let request = RunRequest(code, globals: JSONObject(uniqueKeysWithValues: variables), session: session)
    return try CodeResult(try await answered { try await tools.run(request) })
  }

  /// Gives an answer of the server; its errors become sentences for the caller.
  func answered<Answer>(_ work: () async throws -> Answer) async throws -> Answer {
    do {
      return try await work()
    } catch let error as RPCError {
      throw CodeSandboxError(error.message)
    } catch let error as ClientError {
      throw CodeSandboxError(error.message)
    } catch let error as ToolClient.Refusal {
      throw CodeSandboxError(error.description)
    }
  }

  /// Gives the sandbox of another session of the same server.
  func session(_ name: String) -> CodeSandbox {
    CodeSandbox(tools: tools, keepsState: keepsState, session: name)
  }

  /// - Parameter keepsState: True when the server offers to save the state.
  static func start(
    _ prepared: PreparedEnvironment, keepsState: Bool = false, logHandler: LogHandler?
  ) async throws -> CodeSandbox {
    let child = ChildProcessTransport(
      command: prepared.command, arguments: prepared.arguments, workingDirectory: prepared.workingDirectory)
    do {
      let client = try await Client.connect(
        over: child, info: Product.part("MCPRunPython"),
        onLog: { message in logHandler?(LogEntry(message)) })
      if logHandler != nil { try await client.setLogLevel(.debug) }
      return CodeSandbox(tools: ToolClient(client), keepsState: keepsState, session: nil)
    } catch let error as TransportError {
      throw CodeSandboxError(error.description)
    } catch let error as ClientError {
      throw CodeSandboxError(error.message)
    }
  }

  func close() async { await tools.client.close() }
}

/// The server cannot be started, is gone, or refuses a request; the text is one sentence.
public struct CodeSandboxError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
