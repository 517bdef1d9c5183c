internal import MCP
internal import PythonSandbox
import Synchronization
internal import SystemSupport

/// The place where a call of the tool finds its Python.
protocol PythonSessions: Sendable {
  /// Runs `work` with the session that a call names, or else gets. `work` also gets the call's place in the
  /// session's queue. Calls of one conversation get their places in the order in which they call this.
  ///
  /// - Returns: The result of `work`, and the session's name for the next call, where calls name sessions.
  /// - Throws: `RPCError` when there is no such session or no room for one; the errors of `work`.
  func withSession<Value: Sendable>(
    _ name: String?, _ work: @Sendable (PythonSession, RunQueue.Place) async throws -> Value
  ) async throws -> (value: Value, name: String?)

  /// Completes the beginning of a line.
  ///
  /// - Parameter name: The session to look in, where calls name one.
  func complete(_ text: String, in name: String?) async -> [String]

  /// Begins another session in the state of this one, or in an earlier one.
  ///
  /// - Returns: The new session's name in calls.
  /// - Throws: `RPCError` as above; `SandboxError` when the state cannot be saved or restored.
  func fork(_ name: String?, from target: RewindTarget, reseeds: Bool) async throws -> String
}

/// The sessions of one client's conversation: the one that it begins with, and its forks, each with an
/// unguessable name.
///
/// A session is found without waiting, so calls get their places in its queue in the wire's order. The lock
/// guards the forks from calls that run side by side.
final class OwnSessions: PythonSessions {
  private let first: PythonSession
  private let factory: SessionFactory
  private let forks = Mutex<[String: PythonSession]>([:])

  /// The largest number of forks.
  private static let maximumForks = 16

  /// - Parameter factory: Makes the forks.
  init(first: PythonSession, factory: SessionFactory) {
    self.first = first
    self.factory = factory
  }

  func withSession<Value: Sendable>(
    _ name: String?, _ work: @Sendable (PythonSession, RunQueue.Place) async throws -> Value
  ) async throws -> (value: Value, name: String?) {
    let session = try session(name)
    return (try await work(session, session.queue.takePlace()), name)
  }

  func complete(_ text: String, in name: String?) async -> [String] {
    await (try? session(name))?.complete(text) ?? []
  }

  func fork(_ name: String?, from target: RewindTarget, reseeds: Bool) async throws -> String {
    let session = try session(name)
    let origin = try await session.state(target, at: session.queue.takePlace())
    let fork = try factory.session(from: origin)
    let name = UnguessableName.new()
    do {
      try add(fork, named: name)
      try await fork.open(reseeds: reseeds)
    } catch {
      forks.withLock { $0[name] = nil }
      await fork.close()
      throw error
    }
    return name
  }

  func close() async {
    await first.close()
    let all = forks.withLock { forks in
      defer { forks = [:] }
      return Array(forks.values)
    }
    for fork in all { await fork.close() }
  }

  private func add(_ fork: PythonSession, named name: String) throws(RPCError) {
    let isAdded = forks.withLock { forks in
      guard forks.count < Self.maximumForks else { return false }
      forks[name] = fork
      return true
    }
    guard isAdded else {
      throw .invalidRequest("There can be no more than \(Self.maximumForks) forks.")
    }
  }

  private func session(_ name: String?) throws(RPCError) -> PythonSession {
    guard let name else { return first }
    guard let fork = forks.withLock({ $0[name] }) else { throw .noSession(name) }
    return fork
  }
}

extension RPCError {
  static func noSession(_ name: String) -> RPCError {
    .invalidParams(
      "There is no session \"\(name)\": it may have ended. Leave \"session\" out to begin a new one.")
  }
}
