import MCP
import Repl
import RunPythonTool
import SystemSupport
import Traffic

/// The way to the prompt's server, over which nothing has been sent. All three faces connect, tap, read logs,
/// count images and run in this one way.
struct ServerLine: Sendable {
  let target: ServerTarget
  let transport: any Transport
  /// Waits for the server's end, in words that follow "The server".
  let ending: @Sendable () async -> String?
  fileprivate let listener: ServerListener
  fileprivate let images = ImageCount()

  /// - Parameter trace: the file for all messages; it may change while the connection is open.
  init(to target: ServerTarget, trace: TraceSlot, _ listener: ServerListener) {
    let (base, ending) = target.place.connection(
      onStandardError: listener.onStandardError, onHTTP: listener.onHTTP)
    self.target = target
    self.ending = ending
    self.listener = listener
    transport = TappedTransport(base, room: listener.room) { direction, bytes in
      let now = Date()
      trace.file?.record(direction, bytes, at: now)
      listener.onMessage(direction, bytes, now)
    }
  }

  /// Starts the server or connects to it, and agrees on a revision.
  ///
  /// - Throws: the client's error.
  func connect() async throws -> ServerConnection {
    let client = try await Client.connect(
      over: transport, info: Product.part("\(Product.name) repl"),
      protocol: target.protocolChoice,
      onLog: { [listener, images] in listener.hear($0, images) },
      onElicit: listener.onElicit)
    if client.serverCapabilities["logging"] != nil { try await client.setLogLevel(.info) }
    return ServerConnection(line: self, calls: PythonCalls(client: client))
  }
}

/// A connection to the prompt's server.
struct ServerConnection: Sendable {
  fileprivate let line: ServerLine
  let calls: PythonCalls

  var target: ServerTarget { line.target }
  var client: Client { calls.client }

  /// Goes on from the checkpoint file that the user named; nil when there is none.
  func resume() async throws -> SessionAnswer? {
    guard let request = target.resumption else { return nil }
    return try await calls.ask(request, in: nil)
  }

  /// Runs code; cancelling the task interrupts it. Its images have been shown before its answer comes.
  ///
  /// - Parameters:
  ///   - fork: the fork to run it in; nil for the first session.
  ///   - argv: the file that the code comes from, or `-c`, and its arguments; empty for none.
  ///   - isUndoable: true when it can be undone even if another run follows at once.
  func run(
    _ run: Run, in fork: String?, argv: [String] = [], isUndoable: Bool = true
  ) async throws -> RunAnswer {
    line.images.begin()
    let answer = try await calls.run(
      run.code, in: fork,
      RunOptions(
        isInteractive: run.isInteractive, isUndoable: isUndoable, showsImages: true, columns: run.columns,
        lines: run.lines, terminal: run.terminal, figures: run.figures,
        argv: argv))
    for image in line.images.rest(of: answer) { line.listener.onImage(image) }
    return answer
  }
}

/// Calls of the tools that go on with the variables of earlier calls. They do so even if each call must name
/// its session. The actor guards the first session's name from calls that run side by side.
///
/// A call says in which fork it is meant; nil means the first session.
actor PythonCalls {
  private let tools: ToolClient
  /// The first session's name in calls; nil where the server gives it none.
  private var first: String?

  init(client: Client) {
    tools = ToolClient(client)
  }

  nonisolated var client: Client { tools.client }

  func run(
    _ code: String, in fork: String?, _ options: RunOptions = RunOptions(), logLevel: LogLevel? = nil
  ) async throws -> RunAnswer {
    let named = fork ?? first
    var options = options
    options.tellsRuns = true
    do {
      let answer = try await tools.run(
        RunRequest(code, session: named, options: options), logLevel: logLevel)
      if fork == nil { first = answer.session ?? first }
      return answer
    } catch let error as RPCError where error.code == RPCError.invalidParamsCode && named != nil {
      // The session is gone. In place of the first one, the next call begins a new one.
      if first == named { first = nil }
      throw error
    }
  }

  /// Saves a state, or goes back to one. A file may be relative, or begin with `~`.
  ///
  /// - Throws: ``CommandFailure`` with a sentence for the user.
  func ask(_ request: SessionRequest, in fork: String?) async throws -> SessionAnswer {
    do {
      return try await answer(to: request.withAbsolutePath, in: fork)
    } catch let refusal as ToolClient.Refusal {
      throw CommandFailure(refusal.description)
    }
  }

  private func answer(to request: SessionRequest, in fork: String?) async throws -> SessionAnswer {
    if let named = fork ?? first { return try await tools.ask(request, session: named) }
    do {
      return try await tools.ask(request)
    } catch let refusal as ToolClient.Refusal where refusal.mayLackSession {
      // If calls name their session, the first run begins it. A server refuses a call without one.
      _ = try await run("None", in: nil, RunOptions(isAside: true), logLevel: .emergency)
      guard let first else { throw refusal }
      return try await tools.ask(request, session: first)
    }
  }

  /// Completes the beginning of a line to whole lines.
  func complete(_ line: String, in fork: String?) async throws -> [String] {
    try await tools.complete(line, session: fork ?? first)
  }
}

extension SessionRequest {
  fileprivate var withAbsolutePath: SessionRequest {
    func absolute(_ path: String) -> String { URL(fileURLWithPath: expandingHome(path)).path }
    return switch self {
    case .checkpoint(let name, let file): .checkpoint(name: name, file: file.map(absolute))
    case .resume(let file, let reseeds): .resume(file: absolute(file), reseeds: reseeds)
    case .restore, .fork: self
    }
  }
}
