internal import Metrics
import Synchronization
internal import SystemSupport

/// Lets one run of a session go on at a time, in the order in which they took their places.
///
/// A place is taken without waiting, so that the order is that of the requests, however their tasks are
/// scheduled. The lock guards the line from runs that begin and end side by side.
final class RunQueue: Sendable {
  /// A place in the queue. It ends when it is left, or when nobody holds it any more.
  final class Place: Sendable {
    fileprivate let gate: Gate
    private let queue: RunQueue

    fileprivate init(at gate: Gate, in queue: RunQueue) {
      self.gate = gate
      self.queue = queue
    }

    deinit { queue.leave(gate) }
  }

  private let waitTime = Timer(label: "mcp_run_python_queue_seconds")
  /// The gates of the places, in order. The first is open.
  private let line = Mutex<[Gate]>([])

  /// Takes the place behind all others.
  func takePlace() -> Place {
    let gate = line.withLock { line in
      let gate = Gate(isOpen: line.isEmpty)
      line.append(gate)
      return gate
    }
    return Place(at: gate, in: self)
  }

  /// Runs `work` when all places before `place` have ended, and then leaves the place.
  ///
  /// - Throws: `CancellationError` when the task is cancelled while it waits; the errors of `work`.
  nonisolated(nonsending) func run<Value>(
    at place: Place, _ work: () async throws -> Value
  ) async throws -> Value {
    let start = ContinuousClock.now
    defer { leave(place.gate) }
    try await reach(place.gate)
    waitTime.record(duration: ContinuousClock.now - start)
    return try await work()
  }

  private nonisolated(nonsending) func reach(_ gate: Gate) async throws {
    try Task.checkCancellation()
    await gate.pass()
    if !gate.isOpen { throw CancellationError() }
  }

  private func leave(_ gate: Gate) {
    let next = line.withLock { line in
      line.removeAll { $0 === gate }
      return line.first
    }
    next?.open()
  }
}
