internal import MCP
internal import PythonSandbox

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Calls of the tools that go back in time.
struct CheckpointHandler {
  let sessions: any PythonSessions

  /// Longer names are no names.
  private static let maximumName = 200

  func call(_ call: ToolCall) async throws -> ToolResult {
    do {
      switch call.name {
      case CheckpointTools.checkpoint.name: return try await checkpoint(call.arguments)
      case CheckpointTools.restore.name: return try await restore(call.arguments)
      default: return try await fork(call.arguments)
      }
    } catch let error as SandboxError {
      // What a model can read and act on: a variable that stands in the way can be deleted.
      return ToolResult(content: [.text(error.description)], isError: true)
    }
  }

  private func checkpoint(_ arguments: JSONObject) async throws -> ToolResult {
    let arguments = try Arguments(arguments, of: CheckpointTools.checkpoint)
    let given = try arguments.string("name") ?? ""
    guard given.count <= Self.maximumName else { throw arguments.invalid("'name' is too long") }
    let session = try arguments.string(RunPythonTool.sessionArgument)
    let (state, standing) = try await sessions.withSession(session) { session in
      let name = given.isEmpty ? "after run \(await session.timeline.runs)" : given
      return (try await session.checkpoint(name: name), await session.standing)
    }.value
    var members = standing.members
    members[CheckpointTools.checkpointArgument] = .string(state.handle)
    members["size"] = .integer(state.checkpoint.size)
    return result("Saved as checkpoint \(state.handle) (\(state.name ?? "")).", members)
  }

  private func restore(_ arguments: JSONObject) async throws -> ToolResult {
    let arguments = try Arguments(arguments, of: CheckpointTools.restore)
    let target: RewindTarget
    switch (try arguments.string(CheckpointTools.checkpointArgument), try arguments.integer("undo")) {
    case (let handle?, nil): target = .handle(handle)
    case (nil, let count?) where count > 0: target = .undo(runs: count)
    case (nil, _?): throw arguments.invalid("'undo' must be at least 1")
    default: throw arguments.invalid("give either 'checkpoint' or 'undo'")
    }
    let reseeds = try arguments.boolean("reseed") ?? false
    let session = try arguments.string(RunPythonTool.sessionArgument)
    let standing = try await sessions.withSession(session) { session in
      try await session.restore(target, reseeds: reseeds)
      return await session.standing
    }.value
    return result("Restored: all variables and files are as they were \(standing.place).", standing.members)
  }

  private func fork(_ arguments: JSONObject) async throws -> ToolResult {
    let arguments = try Arguments(arguments, of: CheckpointTools.fork)
    let target = try arguments.string(CheckpointTools.checkpointArgument).map(RewindTarget.handle) ?? .now
    let name = try await sessions.fork(
      try arguments.string(RunPythonTool.sessionArgument), from: target,
      reseeds: try arguments.boolean("reseed") ?? false)
    let standing = try await sessions.withSession(name) { await $0.standing }.value
    var members = standing.members
    members[RunPythonTool.sessionArgument] = .string(name)
    return result("Forked \(standing.place) as session \(name).", members)
  }

  private func result(_ text: String, _ members: JSONObject) -> ToolResult {
    ToolResult(content: [.text(text)], structuredContent: .object(members))
  }
}

extension PythonSession.Standing {
  /// Where it stands, in words.
  fileprivate var place: String { runs == 0 ? "at the beginning" : "after run \(runs)" }

  fileprivate var members: JSONObject {
    [
      "runs": .integer(runs), "last_line": .string(lastLine),
      "checkpoints": .array(checkpoints.map { .object($0.members) }),
      "saved_runs": .array(saved.map { .integer($0) }),
    ]
  }
}

extension SavedState {
  fileprivate var members: JSONObject {
    [
      "checkpoint": .string(handle), "name": .string(name ?? ""), "size": .integer(checkpoint.size),
      "runs": .integer(runs), "last_line": .string(lastLine),
      "created": .string(checkpoint.created.formatted(.iso8601)),
    ]
  }
}

/// A tool's arguments, checked against its input schema.
private struct Arguments {
  let values: JSONObject
  let tool: String

  init(_ values: JSONObject, of tool: Tool) throws(RPCError) {
    self.values = values
    self.tool = tool.name
    let known = tool.inputSchema["properties"]?.objectValue ?? [:]
    for name in values.keys where known[name] == nil { throw invalid("there is no argument '\(name)'") }
  }

  func invalid(_ complaint: String) -> RPCError {
    .invalidParams("Invalid arguments for tool \(tool): \(complaint)")
  }

  func string(_ name: String) throws(RPCError) -> String? {
    try value(name, "a string", \.stringValue)
  }

  func integer(_ name: String) throws(RPCError) -> Int? {
    try value(name, "a whole number", \.intValue)
  }

  func boolean(_ name: String) throws(RPCError) -> Bool? {
    try value(name, "true or false", \.boolValue)
  }

  private func value<Value>(
    _ name: String, _ kind: String, _ read: (JSON) -> Value?
  ) throws(RPCError) -> Value? {
    guard let value = values[name], !value.isNull else { return nil }
    guard let read = read(value) else { throw invalid("'\(name)' must be \(kind)") }
    return read
  }
}
