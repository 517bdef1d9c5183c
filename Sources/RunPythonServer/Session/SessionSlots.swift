internal import MCP
internal import Metrics
import Synchronization

/// The number of sessions that may exist at once. The lock guards the count from sessions that begin and end
/// side by side.
final class SessionSlots: Sendable {
  private let limit: Int
  private let taken = Mutex(0)
  private let gauge = Gauge(label: "mcp_run_python_sessions")

  /// The seconds that a client that found no room is told to wait.
  private static let retryAfter = 10

  init(limit: Int) {
    self.limit = limit
    gauge.record(0)
  }

  /// - Throws: ``RPCError/overloaded(_:retryAfter:)`` when all are taken.
  func take() throws(RPCError) -> Slot {
    let hasRoom = taken.withLock { taken in
      guard taken < limit else { return false }
      taken += 1
      gauge.record(taken)
      return true
    }
    guard hasRoom else {
      throw .overloaded(
        "All \(limit) Python sessions of this server are in use. Try again later, or start it with --max-sessions.",
        retryAfter: Self.retryAfter)
    }
    return Slot(owner: self)
  }

  /// The right to one session. It ends when nobody holds it any more.
  final class Slot: Sendable {
    private let owner: SessionSlots

    fileprivate init(owner: SessionSlots) { self.owner = owner }

    deinit {
      owner.taken.withLock { taken in
        taken -= 1
        owner.gauge.record(taken)
      }
    }
  }
}
