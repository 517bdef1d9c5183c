/// What a server says about itself and how it behaves.
public struct ServerConfiguration: Sendable {
  public var info: Implementation
  /// For the model at the client's side: what the server is good for.
  public var instructions: String?
  public var tools: [Tool]
  public var prompts: [Prompt]
  /// How long calls may go on when the client has no more to say. Then they are cancelled.
  public var drainPeriod: Duration
  /// How many requests of one connection may be in work at once. More are refused with `internalError`.
  public var maximumRequestsInFlight: Int
  /// How long a client may keep the tool list (2026-07-28, `ttlMs`).
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

  /// What is declared to a client: logging, and tools and prompts that do not change.
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
