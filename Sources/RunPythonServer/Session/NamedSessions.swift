internal import MCP
internal import PythonSandbox
internal import RunPythonTool
internal import SystemSupport

/// The sessions of clients whose protocol has none (2026-07-28, and stateless servers). A call that keeps its
/// variables names the session, and the name is the right to use it. Without kept variables each call gets a
/// session that ends with it. The actor guards the table from calls that run side by side.
actor NamedSessions {
  private struct Entry {
    let session: PythonSession
    var users = 0
    var lastUse = ContinuousClock.now
    var expiry: Task<Void, Never>?
  }

  private let factory: SessionFactory
  private let timeout: Duration
  private var entries: [String: Entry] = [:]

  /// - Parameter timeout: The time that a session may be unused before it is ended.
  init(factory: SessionFactory, timeout: Duration) {
    self.factory = factory
    self.timeout = timeout
  }

  /// Runs `work` with the session called `name`, or with a new one.
  ///
  /// - Parameter proposal: The name for a new session.
  func withSession<Value: Sendable>(
    _ name: String?, proposal: String?,
    _ work: @Sendable (PythonSession, RunQueue.Place) async throws -> Value
  ) async throws -> (value: Value, name: String?) {
    guard factory.state == .keep else { return (try await withSingleSession(work), nil) }
    if let name { return (try await use(name, work), name) }
    let (begun, value) = try await begin(proposal, work)
    return (value, begun)
  }

  func complete(_ text: String, in name: String) async -> [String] {
    await entries[name]?.session.complete(text) ?? []
  }

  /// Begins a session in the state of the one called `name`, or in an earlier state of it.
  ///
  /// - Parameter proposal: The name for the new session.
  func fork(
    _ name: String?, from target: RewindTarget, reseeds: Bool, proposal: String?
  ) async throws -> String {
    guard let name else {
      throw RPCError.invalidParams(
        "Name the session that is to fork: its \"session\" from an earlier result.")
    }
    let origin = try await use(name) { session, place in try await session.state(target, at: place) }
    return try await begin(proposal, from: origin) { session, _ in try await session.open(reseeds: reseeds) }
      .name
  }

  /// Ends all sessions.
  func close() async {
    for name in entries.keys { await end(name) }
  }

  private func withSingleSession<Value: Sendable>(
    _ work: @Sendable (PythonSession, RunQueue.Place) async throws -> Value
  ) async throws -> Value {
    let session = try factory.session(renews: false)
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await work(session, session.queue.takePlace())) } catch {
      outcome = .failure(error)
    }
    // The answer does not wait until the interpreter is gone, but its place does.
    Task { await session.close() }
    return try outcome.get()
  }

  /// Begins a session with `work`; the session stays when that succeeds.
  private func begin<Value: Sendable>(
    _ proposal: String?, from origin: SavedState? = nil,
    _ work: @Sendable (PythonSession, RunQueue.Place) async throws -> Value
  ) async throws -> (name: String, value: Value) {
    let name = proposal ?? UnguessableName.new()
    guard entries[name] == nil else { throw RPCError.invalidRequest("The proposed session name is in use.") }
    entries[name] = Entry(session: try factory.session(from: origin))
    entries[name]?.expiry = Task { await expire(name) }
    do {
      let value = try await use(name, work)
      // A client that gave up never learns the name.
      try Task.checkCancellation()
      return (name, value)
    } catch {
      await end(name)
      throw error
    }
  }

  private func use<Value: Sendable>(
    _ name: String, _ work: @Sendable (PythonSession, RunQueue.Place) async throws -> Value
  ) async throws -> Value {
    guard let session = entries[name]?.session else {
      throw RPCError.noSession(name)
    }
    entries[name]?.users += 1
    defer {
      entries[name]?.users -= 1
      entries[name]?.lastUse = .now
    }
    return try await work(session, session.queue.takePlace())
  }

  private func expire(_ name: String) async {
    while !Task.isCancelled, let left = timeLeft(of: name) {
      guard left > .zero else { return await end(name) }
      try? await Task.sleep(for: left)
    }
  }

  /// The time that a session may still be unused; nil when it is gone.
  private func timeLeft(of name: String) -> Duration? {
    guard let entry = entries[name] else { return nil }
    return entry.users > 0 ? timeout : timeout - (ContinuousClock.now - entry.lastUse)
  }

  private func end(_ name: String) async {
    guard let entry = entries.removeValue(forKey: name) else { return }
    entry.expiry?.cancel()
    await entry.session.close()
  }
}

/// The sessions in the view of one request.
struct RequestSessions: PythonSessions {
  let shared: NamedSessions
  /// The name for a session that the request begins.
  let proposal: String?

  func withSession<Value: Sendable>(
    _ name: String?, _ work: @Sendable (PythonSession, RunQueue.Place) async throws -> Value
  ) async throws -> (value: Value, name: String?) {
    try await shared.withSession(name, proposal: proposal, work)
  }

  func complete(_ text: String, in name: String?) async -> [String] {
    guard let name else { return [] }
    return await shared.complete(text, in: name)
  }

  func fork(_ name: String?, from target: RewindTarget, reseeds: Bool) async throws -> String {
    try await shared.fork(name, from: target, reseeds: reseeds, proposal: proposal)
  }
}
