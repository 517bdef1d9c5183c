/// A server's description of itself, and its limits.
public struct ServerConfiguration: Sendable {
  public var info: Implementation
  /// A text for the model at the client's side: the use of the server.
  public var instructions: String?
  public var tools: [Tool]
  public var prompts: [Prompt]
  /// The time that calls may go on after the client's last message; then they are cancelled.
  public var drainPeriod: Duration
  /// The number of requests of one connection that may be in work at once. Others are refused with
  /// `internalError`.
  public var maximumRequestsInFlight: Int
  /// The time that a client may keep the tool list (2026-07-28, `ttlMs`).
  public var timeToLive: Duration

  public init(
    info: Implementation, instructions: String? = nil, tools: [Tool] = [], prompts: [Prompt] = [],
    drainPeriod: Duration = .seconds(30), maximumRequestsInFlight: Int = 256,
    timeToLive: Duration = .seconds(3600)
  ) {
    self.info = info
    self.instructions = instructions
    self.tools = tools
    self.prompts = prompts
    self.drainPeriod = drainPeriod
    self.maximumRequestsInFlight = maximumRequestsInFlight
    self.timeToLive = timeToLive
  }

  /// The capabilities that a client is told: logging, and tools and prompts that do not change.
  func capabilities(for revision: Revision) -> JSON {
    var capabilities: JSONObject = ["logging": [:], "tools": [:]]
    if !prompts.isEmpty { capabilities["prompts"] = [:] }
    // 2024-11-05 has the method, but no capability for it.
    if revision >= .v2025_03_26, prompts.contains(where: { $0.complete != nil }) {
      capabilities["completions"] = [:]
    }
    return .object(capabilities)
  }
}
