internal import MCP
internal import Metrics
import Synchronization

/// How many sessions there may be at once.
final class SessionSlots: Sendable {
  private let limit: Int
  private let taken = Mutex(0)
  private let gauge = Gauge(label: "mcp_run_python_sessions")

  /// How long a client that found no room is told to wait, in seconds.
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

  /// The right to one session, until it is forgotten.
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
