internal import JSON
public import MCP

/// The client of the tools: their calls over a connection of MCP.
///
/// It remembers nothing. Each call names its session, where it needs a name.
public struct ToolClient: Sendable {
  public let client: Client

  public init(_ client: Client) { self.client = client }

  /// Runs code. Cancelling the task interrupts the code and throws `CancellationError`.
  ///
  /// - Parameter logLevel: The least level of log messages for this call; see
  ///   ``Client/callTool(_:arguments:logLevel:meta:onProgress:)``.
  /// - Returns: The answer; an error of the Python code is one too.
  /// - Throws: `RPCError` when the server does not run it, `invalidParams` when there is no such session;
  ///   `ClientError` when the server is gone.
  public func run(_ request: RunRequest, logLevel: LogLevel? = nil) async throws -> RunAnswer {
    let result = try await client.callTool(
      ToolName.run.rawValue, arguments: request.arguments, logLevel: logLevel, meta: request.options.meta)
    if request.session != nil, result.isError, result.structuredContent == nil {
      // From revision 2025-11-25 on, a result says that the session is wrong.
      throw RPCError.invalidParams(result.text)
    }
    return RunAnswer(result)
  }

  /// Saves a state of a session, or goes back to one.
  ///
  /// - Throws: ``Refusal`` with the obstacle; nothing has then changed. `ClientError` when the server is gone.
  public func ask(_ request: SessionRequest, session: String? = nil) async throws -> SessionAnswer {
    // Results of earlier revisions have no form that programs can read.
    guard client.revision >= .v2025_06_18 else {
      throw Refusal("Checkpoints need MCP 2025-06-18 or later; this is \(client.revision.rawValue).")
    }
    var arguments = request.arguments
    arguments[Member.session] = session.map(JSON.string)
    let result: ToolResult
    do {
      result = try await client.callTool(request.tool.rawValue, arguments: arguments, meta: request.meta)
    } catch let error as RPCError {
      throw Refusal(error.message, mayLackSession: error.code == RPCError.invalidParamsCode)
    }
    guard !result.isError else { throw Refusal(result.text, mayLackSession: true) }
    guard let content = result.structuredContent, let answer = SessionAnswer(content, to: request) else {
      throw Refusal("The server's answer says nothing of where the session stands.")
    }
    return answer
  }

  /// Completes the beginning of a line to whole lines, from the variables of a session.
  public func complete(_ line: String, session: String? = nil) async throws -> [String] {
    try await client.complete(
      prompt: PythonPrompt.name, argument: PythonPrompt.argument, value: line,
      given: session.map { [Member.session: $0] } ?? [:])
  }

  /// The reason why a state cannot be saved, or gone back to: a sentence for the user.
  public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String
    /// True when the reason may be that the call should have named a session.
    public let mayLackSession: Bool

    init(_ description: String, mayLackSession: Bool = false) {
      self.description = description
      self.mayLackSession = mayLackSession
    }
  }
}

extension [Tool] {
  /// True when the tools are there that save states and go back to them.
  public var haveStates: Bool {
    let names = Set(map(\.name))
    return ToolName.ofStates.allSatisfy { names.contains($0.rawValue) }
  }
}
