import MCP
import Repl
import RunPythonServer
import SystemSupport

extension PythonCalls {
  /// Goes back in time, or saves a state to go back to.
  ///
  /// - Throws: ``CommandFailure`` with a sentence for the user.
  func ask(_ request: SessionRequest) async throws -> SessionAnswer {
    // Results of earlier revisions have no form that programs can read.
    guard client.revision >= .v2025_06_18 else {
      throw CommandFailure("Checkpoints need MCP 2025-06-18 or later; this is \(client.revision.rawValue).")
    }
    let result: ToolResult
    do {
      result = try await call(request)
    } catch let error as RPCError {
      throw CommandFailure(error.message)
    }
    guard !result.isError else { throw CommandFailure(result.text) }
    guard let json = result.structuredContent, let answer = SessionAnswer(json, askedSession: session) else {
      throw CommandFailure("The server's answer says nothing of where the session stands.")
    }
    return answer
  }

  private func call(_ request: SessionRequest) async throws -> ToolResult {
    // If calls name their session, the first run begins it. A server refuses a call without one: by a
    // result from 2025-11-25 on, before that by an error.
    guard session == nil else { return try await callTool(of: request) }
    let refusal: Result<ToolResult, any Error>
    do {
      let result = try await callTool(of: request)
      guard result.isError else { return result }
      refusal = .success(result)
    } catch let error as RPCError where error.code == RPCError.invalidParamsCode {
      refusal = .failure(error)
    }
    _ = try await run("None", isAside: true, logLevel: .emergency)
    return session == nil ? try refusal.get() : try await callTool(of: request)
  }

  private func callTool(of request: SessionRequest) async throws -> ToolResult {
    var arguments = request.arguments
    if let session { arguments[RunPythonTool.sessionArgument] = .string(session) }
    var meta: JSONObject = [:]
    if let file = request.file {
      meta[CheckpointTools.fileKey] = .string(URL(fileURLWithPath: expandingHome(file)).path)
    }
    return try await client.callTool(request.tool.name, arguments: arguments, meta: meta)
  }
}

extension SessionRequest {
  fileprivate var tool: Tool {
    switch self {
    case .checkpoint: CheckpointTools.checkpoint
    case .restore, .resume: CheckpointTools.restore
    case .fork: CheckpointTools.fork
    }
  }

  fileprivate var arguments: JSONObject {
    var arguments: JSONObject = [:]
    switch self {
    case .checkpoint(let name, _): arguments["name"] = .string(name)
    case .restore(let target, _): arguments["checkpoint"] = .string(target)
    case .resume, .fork: break
    }
    if reseeds { arguments["reseed"] = true }
    return arguments
  }

  private var reseeds: Bool {
    switch self {
    case .checkpoint: false
    case .restore(_, let reseeds), .resume(_, let reseeds), .fork(let reseeds): reseeds
    }
  }

  fileprivate var file: String? {
    switch self {
    case .checkpoint(_, let file): file
    case .resume(let file, _): file
    case .restore, .fork: nil
    }
  }
}

/// The reason why a server has no checkpoints, as a sentence; nil where it has them.
///
/// - Parameter isOwn: true for this program's own server.
func checkpointObstacle(_ tools: [Tool], isOwn: Bool) -> String? {
  let names = Set(tools.map(\.name))
  if CheckpointTools.all.allSatisfy({ names.contains($0.name) }) { return nil }
  return isOwn
    ? "There is nothing to go back to: checkpoints need --state keep, which the REPL has unless told otherwise."
    : "This server has no checkpoints: those of this program have them, when started with --checkpoints."
}
