import MCP
import Repl
import RunPythonTool
import SystemSupport

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
