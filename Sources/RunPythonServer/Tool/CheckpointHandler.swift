internal import MCP
internal import PythonSandbox
internal import SystemPackage
import SystemSupport

/// Does the calls of the tools that go back in time. Failures are told in the result, where a model can read
/// them and act: it can delete a variable that stands in the way.
struct CheckpointHandler {
  let sessions: any PythonSessions
  let offer: ToolOffer
  /// True when a call may name a file of the server's machine.
  var handlesFiles = false

  /// The longest name of a checkpoint; a longer text is refused.
  private static let maximumName = 200

  func call(_ call: ToolCall) async throws -> ToolResult {
    do {
      let file = try file(of: call)
      let arguments = try ToolArguments(call, offer: offer)
      switch call.name {
      case CheckpointTools.checkpoint.name: return try await checkpoint(arguments, file)
      case CheckpointTools.restore.name: return try await restore(arguments, file)
      default: return try await fork(arguments)
      }
    } catch let error as SandboxError {
      return ToolResult(content: [.text(error.description)], isError: true)
    }
  }

  private func file(of call: ToolCall) throws -> FilePath? {
    guard let path = call.meta[CheckpointTools.fileKey] else { return nil }
    guard handlesFiles else {
      throw SandboxError(.checkpointUnusable, "This server neither writes nor reads checkpoint files.")
    }
    guard let path = path.stringValue.map({ FilePath($0) }), path.isAbsolute else {
      throw RPCError.invalidParams("\(CheckpointTools.fileKey) must be an absolute path")
    }
    return path
  }

  private func checkpoint(_ arguments: ToolArguments, _ file: FilePath?) async throws -> ToolResult {
    let name = try arguments.string("name")
    guard name?.count ?? 0 <= Self.maximumName else { throw arguments.invalid("'name' is too long") }
    let (state, standing) = try await inSession(arguments) { session, place in
      (try await session.checkpoint(name: name, at: place), await session.standing)
    }
    try file.map { try state.checkpoint.write(to: $0) }
    var members = standing.members
    members[CheckpointTools.checkpointArgument] = .string(state.handle)
    members["name"] = name.map(JSON.string) ?? .null
    members["bytes"] = .integer(state.checkpoint.size)
    return result("Saved \(standing.place) as checkpoint \(state.handle).", members)
  }

  private func restore(_ arguments: ToolArguments, _ file: FilePath?) async throws -> ToolResult {
    let handle = try arguments.string(CheckpointTools.checkpointArgument)
    let target: RewindTarget
    switch (handle, file) {
    case (_, let file?): target = .checkpoint(try Checkpoint(contentsOf: file))
    case (let handle?, nil): target = RewindTarget(handle)
    case (nil, nil): throw arguments.missing(CheckpointTools.checkpointArgument)
    }
    let reseeds = try arguments.boolean("reseed") ?? false
    let standing = try await inSession(arguments) { session, place in
      try await session.restore(target, reseeds: reseeds, at: place)
      return await session.standing
    }
    var members = standing.members
    members[CheckpointTools.checkpointArgument] = .string(handle ?? "")
    return result("Restored: all variables and files are as they were \(standing.place).", members)
  }

  private func fork(_ arguments: ToolArguments) async throws -> ToolResult {
    let target = try arguments.string(CheckpointTools.checkpointArgument).map { RewindTarget($0) } ?? .now
    let name = try await sessions.fork(
      try arguments.string(RunPythonTool.sessionArgument), from: target,
      reseeds: try arguments.boolean("reseed") ?? false)
    let standing = try await sessions.withSession(name) { session, _ in await session.standing }.value
    var members = standing.members
    members[RunPythonTool.sessionArgument] = .string(name)
    return result("Forked \(standing.place) as session \(name).", members)
  }

  private func inSession<Value: Sendable>(
    _ arguments: ToolArguments, _ work: @Sendable (PythonSession, RunQueue.Place) async throws -> Value
  ) async throws -> Value {
    let name = try arguments.string(RunPythonTool.sessionArgument)
    if offer.naming == .always, name == nil { throw arguments.missing(RunPythonTool.sessionArgument) }
    return try await sessions.withSession(name, work).value
  }

  private func result(_ text: String, _ members: JSONObject) -> ToolResult {
    ToolResult(content: [.text(text)], structuredContent: .object(members))
  }
}

extension RewindTarget {
  /// - Parameter text: A checkpoint's handle, or `-N`.
  fileprivate init(_ text: String) {
    if text.hasPrefix("-"), let count = Int(text.dropFirst()), count > 0 {
      self = .undo(runs: count)
    } else {
      self = .handle(text)
    }
  }
}

extension PythonSession.Standing {
  /// The place of the state, in words.
  fileprivate var place: String { runs == 0 ? "at the beginning" : "after run \(runs)" }

  fileprivate var members: JSONObject {
    [
      "runs": .integer(runs), "last_line": .string(lastLine),
      "checkpoints": .array(checkpoints.map { .object($0.members) }),
      "undoable": .array(undoable.map { .integer($0) }),
    ]
  }
}

extension SavedState {
  fileprivate var members: JSONObject {
    [
      "checkpoint": .string(handle), "name": name.map(JSON.string) ?? .null,
      "bytes": .integer(checkpoint.size),
      "runs": .integer(runs), "last_line": .string(lastLine),
      "created": .string(checkpoint.created.formatted(.iso8601)),
    ]
  }
}
