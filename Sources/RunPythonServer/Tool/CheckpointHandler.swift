internal import MCP
internal import PythonSandbox
internal import RunPythonTool
internal import SystemPackage
import SystemSupport

/// Does the calls of the tools that save states and go back to them. Failures are told in the result, where a
/// model can read them and act: it can delete a variable that stands in the way.
struct CheckpointHandler {
  let sessions: any PythonSessions
  let offer: ToolOffer
  /// True when a call may name a file of the server's machine.
  var handlesFiles = false

  /// The longest name of a checkpoint; a longer text is refused.
  private static let maximumName = 200

  func call(_ tool: ToolName, _ call: ToolCall) async throws -> ToolResult {
    do {
      let file = try file(of: call)
      let arguments = try ToolArguments(call, of: offer.tools)
      guard let request = try SessionRequest(tool, arguments, file: file) else {
        throw RPCError.methodNotFound(call.name)
      }
      let answer = try await answer(to: request, arguments)
      return ToolResult(content: [.text(answer.text)], structuredContent: answer.structuredContent)
    } catch let error as SandboxError {
      return ToolResult(content: [.text(error.description)], isError: true)
    }
  }

  private func file(of call: ToolCall) throws -> String? {
    guard let path = call.meta[ToolKey.file] else { return nil }
    guard handlesFiles else {
      throw SandboxError(.checkpointUnusable, "This server neither writes nor reads checkpoint files.")
    }
    guard let path = path.stringValue, FilePath(path).isAbsolute else {
      throw RPCError.invalidParams("\(ToolKey.file) must be an absolute path")
    }
    return path
  }

  private func answer(
    to request: SessionRequest, _ arguments: ToolArguments
  ) async throws -> SessionAnswer {
    switch request {
    case .checkpoint(let name, let file):
      guard name?.count ?? 0 <= Self.maximumName else { throw arguments.invalid("'name' is too long") }
      return try await checkpoint(name, file, in: try session(arguments))
    case .restore(let state, let reseeds):
      return try await restore(RewindTarget(state), reseeds, in: try session(arguments), as: state.text)
    case .resume(let file, let reseeds):
      let target = RewindTarget.checkpoint(try Checkpoint(contentsOf: FilePath(file)))
      return try await restore(target, reseeds, in: try session(arguments), as: "")
    case .fork(let state, let reseeds):
      // A session that does not exist yet is refused by its own sentence.
      let name = try await sessions.fork(
        try arguments.string(Member.session), from: state.map { RewindTarget($0) } ?? .now, reseeds: reseeds)
      let standing = try await sessions.withSession(name) { session, _ in await session.standing }.value
      return SessionAnswer(.forked(session: name), standing)
    }
  }

  /// The session that the call names.
  private func session(_ arguments: ToolArguments) throws(RPCError) -> String? {
    let name = try arguments.string(Member.session)
    if offer.naming == .always, name == nil { throw arguments.missing(Member.session) }
    return name
  }

  private func checkpoint(
    _ name: String?, _ file: String?, in session: String?
  ) async throws -> SessionAnswer {
    let (state, standing) = try await sessions.withSession(session) { session, place in
      (try await session.checkpoint(name: name, at: place), await session.standing)
    }.value
    try file.map { try state.checkpoint.write(to: FilePath($0)) }
    return SessionAnswer(
      .saved(handle: state.handle, name: name, bytes: state.checkpoint.size), standing)
  }

  private func restore(
    _ target: RewindTarget, _ reseeds: Bool, in session: String?, as text: String
  ) async throws -> SessionAnswer {
    let standing = try await sessions.withSession(session) { session, place in
      try await session.restore(target, reseeds: reseeds, at: place)
      return await session.standing
    }.value
    return SessionAnswer(.restored(text), standing)
  }
}

extension RewindTarget {
  fileprivate init(_ state: EarlierState) {
    switch state {
    case .checkpoint(let handle): self = .handle(handle)
    case .undo(let runs): self = .undo(runs: runs)
    }
  }
}

extension PythonSession {
  /// The place of the session, and the states that it can go back to.
  var standing: Standing {
    get async {
      let states = await checkpoints.states(of: id)
      return Standing(
        runs: timeline.runs, lastLine: timeline.lastLine,
        checkpoints: states.filter { !$0.isAutomatic }.map(Standing.Checkpoint.init),
        undoable: timeline.undoable(states.filter(\.isAutomatic)), keptOutside: timeline.keptOutside)
    }
  }

  /// The place of the session among its runs. Runs are undone where variables live on.
  var place: RunPlace {
    get async {
      guard state == .keep else { return RunPlace(runs: timeline.runs, undoable: nil) }
      let states = await checkpoints.states(of: id).filter(\.isAutomatic)
      return RunPlace(runs: timeline.runs, undoable: timeline.undoable(states).last ?? 0)
    }
  }
}

extension Standing.Checkpoint {
  fileprivate init(_ state: SavedState) {
    self.init(
      handle: state.handle, name: state.name, bytes: state.checkpoint.size, runs: state.runs,
      lastLine: state.lastLine, created: state.checkpoint.created.formatted(.iso8601))
  }
}
