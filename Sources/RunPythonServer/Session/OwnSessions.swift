internal import MCP
internal import PythonSandbox

/// The sessions of one client's conversation: the one that it begins with, and its forks, each with an unguessable
/// name.
actor OwnSessions: PythonSessions {
  private let first: PythonSession
  private let factory: SessionFactory
  private var forks: [String: PythonSession] = [:]

  /// How many forks there may be.
  private static let maximumForks = 16

  /// - Parameter factory: Makes the forks.
  init(first: PythonSession, factory: SessionFactory) {
    self.first = first
    self.factory = factory
  }

  func withSession<Value: Sendable>(
    _ name: String?, _ work: @Sendable (PythonSession) async throws -> Value
  ) async throws -> (value: Value, name: String?) {
    (try await work(try session(name)), name)
  }

  func complete(_ text: String, in name: String?) async -> [String] {
    await (try? session(name))?.complete(text) ?? []
  }

  func fork(_ name: String?, from target: RewindTarget, reseeds: Bool) async throws -> String {
    let origin = try await session(name).state(target)
    guard forks.count < Self.maximumForks else {
      throw RPCError.invalidRequest("There can be no more than \(Self.maximumForks) forks.")
    }
    let fork = try factory.session(from: origin)
    let name = UnguessableName.new()
    forks[name] = fork
    do {
      try await fork.open(reseeds: reseeds)
    } catch {
      forks[name] = nil
      await fork.close()
      throw error
    }
    return name
  }

  func close() async {
    await first.close()
    for fork in forks.values { await fork.close() }
    forks = [:]
  }

  private func session(_ name: String?) throws(RPCError) -> PythonSession {
    guard let name else { return first }
    guard let fork = forks[name] else { throw .noSession(name) }
    return fork
  }
}

extension RPCError {
  static func noSession(_ name: String) -> RPCError {
    .invalidParams(
      "There is no session \"\(name)\": it may have ended. Leave \"session\" out to begin a new one.")
  }
}
