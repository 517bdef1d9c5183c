import MCP
import Repl
import RunPythonTool
import Synchronization
import SystemSupport

/// The sessions of a prompt without a screen, and the place of each. The actor guards them from the run and
/// the commands.
actor PlainSessions {
  private let connection: ServerConnection
  private var sessions = Sessions() {
    didSet { shown?.set(sessions) }
  }
  private let shown: ShownSessions?
  private var knowsServer = false
  private var lastRun = 0

  /// - Parameter shown: the copy that gets every change.
  init(connection: ServerConnection, shown: ShownSessions?) {
    self.shown = shown
    self.connection = connection
  }

  /// Notes that a run has ended.
  ///
  /// - Parameter place: the session's place by then; nil for a run without an answer.
  func ended(_ code: String, at place: RunPlace?) {
    lastRun += 1
    sessions.ended(run: lastRun, code: code, place: place)
  }

  /// The name in calls of the session that the prompt is in; nil for the first one.
  var handle: String? { sessions.handle }

  /// - Returns: the result, in a sentence for the user.
  /// - Throws: ``CommandError``, ``CommandFailure``
  func perform(_ command: SessionCommand) async throws -> String {
    try await learn()
    switch try sessions.step(for: command, at: Date()) {
    case .tell(let text), .turn(let text): return text
    case .ask(let request): return try await ask(request)
    }
  }

  /// Goes on from the checkpoint file that the user named; gives a sentence for the user, or nil.
  func resume() async throws -> String? {
    guard let request = connection.target.resumption, let answer = try await connection.resume() else {
      return nil
    }
    return sessions.take(answer, to: request, at: Date())
  }

  /// Asks the server, and waits for its answer; gives a sentence for the user.
  private func ask(_ request: SessionRequest) async throws -> String {
    let answer = try await connection.calls.ask(request, in: sessions.handle)
    return sessions.take(answer, to: request, at: Date())
  }

  /// Finds out the server's abilities and its count of runs.
  private func learn() async throws {
    if !knowsServer {
      let tools = try await connection.client.tools()
      sessions.obstacle = connection.target.checkpointObstacle(tools)
      knowsServer = true
    }
    guard sessions.isUnsure, sessions.obstacle == nil else { return }
    // The answer comes at the end of an interrupted run.
    let answer = try await connection.calls.run("None", in: sessions.handle, RunOptions(isAside: true))
    if let place = answer.place { sessions.noteUnanswered(at: place) }
  }
}

/// A copy of the sessions for readers that cannot wait.
final class ShownSessions: Sendable {
  /// The lock guards the copy from the actor that sets it and the editor's thread that completes.
  private let state = Mutex(Sessions())

  var sessions: Sessions { state.withLock(\.self) }

  func set(_ sessions: Sessions) { state.withLock { $0 = sessions } }
}
