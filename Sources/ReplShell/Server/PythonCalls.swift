import MCP
import Repl
import RunPythonTool
import SystemSupport

/// Calls of the tools that go on with the variables of earlier calls. They do so even if each call must name
/// its session. The actor guards the session's handle from calls that run side by side.
actor PythonCalls {
  private let tools: ToolClient
  /// The session's handle; nil where the server names none.
  private(set) var session: String?

  init(client: Client) {
    tools = ToolClient(client)
  }

  nonisolated var client: Client { tools.client }

  func run(
    _ code: String, _ options: RunOptions = RunOptions(), logLevel: LogLevel? = nil
  ) async throws -> RunAnswer {
    let named = session
    var options = options
    options.tellsRuns = true
    do {
      let answer = try await tools.run(
        RunRequest(code, session: named, options: options), logLevel: logLevel)
      session = answer.session ?? session
      return answer
    } catch let error as RPCError where error.code == RPCError.invalidParamsCode && named != nil {
      // The session is gone; the next call begins a new one.
      if session == named { session = nil }
      throw error
    }
  }

  /// Saves a state, or goes back to one. A file may be relative, or begin with `~`.
  ///
  /// - Throws: ``CommandFailure`` with a sentence for the user.
  func ask(_ request: SessionRequest) async throws -> SessionAnswer {
    do {
      return try await answer(to: request.withAbsolutePath)
    } catch let refusal as ToolClient.Refusal {
      throw CommandFailure(refusal.description)
    }
  }

  private func answer(to request: SessionRequest) async throws -> SessionAnswer {
    guard session == nil else { return try await tools.ask(request, session: session) }
    do {
      return try await tools.ask(request)
    } catch let refusal as ToolClient.Refusal where refusal.mayLackSession {
      // If calls name their session, the first run begins it. A server refuses a call without one.
      _ = try await run("None", RunOptions(isAside: true), logLevel: .emergency)
      guard let session else { throw refusal }
      return try await tools.ask(request, session: session)
    }
  }

  /// Completes the beginning of a line to whole lines.
  func complete(_ line: String) async throws -> [String] {
    try await tools.complete(line, session: session)
  }

  /// Goes on in another session of the server; nil is the one that needs no handle.
  func use(_ handle: String?) { session = handle }
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
