import MCP
import RunPythonTool
public import SystemPackage
public import Terminal
public import TerminalText
import Traffic
import UnixSignals

/// The prompt with its server, in one of three faces: the full screen, the plain prompt on a terminal, or
/// input from a pipe.
public struct Shell: Sendable {
  private let isPlain: Bool
  private let reportsMouse: Bool
  private let theme: ThemeChoice
  private let graphics: Graphics?
  private let trace: FilePath?
  private let memory: @Sendable () -> Int?

  /// - Parameters:
  ///   - isPlain: true when the user wants no full screen.
  ///   - reportsMouse: true when the full screen scrolls with the mouse wheel.
  ///   - theme: the looks of the full screen.
  ///   - graphics: the way to show pictures; nil finds out.
  ///   - trace: the file for all messages; nil for none.
  ///   - memory: tells the resident memory of a server that is a child, in bytes.
  public init(
    isPlain: Bool, reportsMouse: Bool, theme: ThemeChoice, graphics: Graphics?, trace: FilePath?,
    memory: @escaping @Sendable () -> Int?
  ) {
    self.isPlain = isPlain
    self.reportsMouse = reportsMouse
    self.theme = theme
    self.graphics = graphics
    self.trace = trace
    self.memory = memory
  }

  private var fullScreen: FullScreenMode {
    FullScreenMode(mouse: reportsMouse, theme: theme, graphics: graphics, memory: memory)
  }

  /// Runs a program, or prompts for blocks of code until the user leaves.
  ///
  /// - Parameter program: a whole program; nil when the code comes block by block.
  /// - Throws: ``CommandFailure``, ``EndedBySignal``, or the client's error when there is no server.
  public func run(_ program: Program?, on target: ServerTarget) async throws -> ReplStatus {
    if program == nil, !isPlain, FullScreenMode.isPossible, let mode = fullScreen.opened() {
      return try await mode.run(target, traceTo: trace)
    }
    return try await runPlain(target, program)
  }

  /// Shows a saved trace on the full screen, without a server.
  ///
  /// - Throws: ``CommandFailure``
  public func replay(_ file: FilePath) async throws -> ReplStatus {
    try await fullScreen.replay(file)
  }

  private func runPlain(_ target: ServerTarget, _ program: Program?) async throws -> ReplStatus {
    try await target.preparation?(nil)
    let trace = TraceSlot(try trace.map { try TraceFile(path: $0) })
    let console = ReplConsole(graphics: graphics)
    let isTerminal = TerminalTraits(of: .standardInput, environment: [:]).isTerminal
    // Another program's server may ask questions too.
    let prompt = isTerminal && (program == nil || console.isTerminal) ? try PlainPrompt() : nil
    var onElicit: Client.ElicitationHandler?
    if let prompt {
      onElicit = { await prompt.ask($0) }
    } else if program != nil {
      let lines = StandardInputLines(console: console)
      onElicit = { await lines.answer($0) }
    }
    let connection = try await connect(to: target, trace, console, onElicit)
    let sessions = PlainSessions(connection: connection, shown: prompt?.shown)
    let session = ReplSession(connection: connection, console: console, sessions: sessions)
    do {
      let news = try await sessions.resume()
      // During a run, Ctrl-C belongs to the run.
      let status = try await interruptible(by: [.sigterm, .sighup]) {
        if let program { return await session.runOnce(program) }
        if let prompt { return try await prompt.run(session, news: news) }
        return await PipedInput(session: session).run()
      }
      await connection.client.close()
      return status
    } catch {
      await connection.client.close()
      throw error
    }
  }

  private func connect(
    to target: ServerTarget, _ trace: TraceSlot, _ console: ReplConsole,
    _ onElicit: Client.ElicitationHandler?
  ) async throws -> ServerConnection {
    let listener = ServerListener(
      onLog: { console.show($0) }, onImage: { console.show($0) }, onElicit: onElicit)
    let connection = try await ServerLine(to: target, trace: trace, listener).connect()
    // The list of tools is needed because it says which arguments HTTP repeats as headers.
    if case .http = target.place,
      try await !connection.client.tools().contains(where: { $0.name == ToolName.run.rawValue })
    {
      await connection.client.close()
      throw CommandFailure("The server has no tool \(ToolName.run.rawValue).")
    }
    return connection
  }
}

/// The end of the REPL as a status: 0, or 1 if the last block failed or output was lost. It is 2 if the
/// server is gone, 130 after Ctrl-C, or the status of the code that ended itself.
public enum ReplStatus: Sendable, Equatable {
  case success, failure, outputLost, serverGone, interrupted
  case exit(UInt8)

  public var code: Int32 {
    switch self {
    case .success: 0
    case .failure, .outputLost: 1
    case .serverGone: 2
    case .interrupted: 130
    case .exit(let status): Int32(status)
    }
  }

  /// True when nothing more must run.
  var isEnd: Bool {
    switch self {
    case .success, .failure, .interrupted: false
    case .outputLost, .serverGone, .exit: true
    }
  }
}
