internal import Metrics
import Synchronization

/// Lets one run of a session go on at a time, in the order in which they took their places.
///
/// A place is taken without waiting, so that the order is that of the requests, however their tasks are
/// scheduled. The lock guards the line from runs that begin and end side by side.
final class RunQueue: Sendable {
  /// A place in the queue. It ends when it is left, or when nobody holds it any more.
  final class Place: Sendable {
    fileprivate let number: Int
    private let queue: RunQueue

    fileprivate init(_ number: Int, in queue: RunQueue) {
      self.number = number
      self.queue = queue
    }

    deinit { queue.leave(number) }
  }

  private struct Line {
    var lastNumber = 0
    /// The numbers of the places, in order; the first may go on.
    var numbers: [Int] = []
    var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
  }

  private let waitTime = Timer(label: "mcp_run_python_queue_seconds")
  private let line = Mutex(Line())

  /// Takes the place behind all others.
  func takePlace() -> Place {
    let number = line.withLock { line in
      line.lastNumber += 1
      line.numbers.append(line.lastNumber)
      return line.lastNumber
    }
    return Place(number, in: self)
  }

  /// Runs `work` when all places before `place` have ended, and then leaves the place.
  ///
  /// - Throws: `CancellationError` when the task is cancelled while it waits; the errors of `work`.
  nonisolated(nonsending) func run<Value>(
    at place: Place, _ work: () async throws -> Value
  ) async throws -> Value {
    let start = ContinuousClock.now
    defer { leave(place.number) }
    try await reach(place.number)
    waitTime.record(duration: ContinuousClock.now - start)
    return try await work()
  }

  private nonisolated(nonsending) func reach(_ number: Int) async throws {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let result: Result<Void, any Error>? = line.withLock { line in
          if Task.isCancelled { return .failure(CancellationError()) }
          if line.numbers.first == number { return .success(()) }
          line.waiting[number] = continuation
          return nil
        }
        if let result { continuation.resume(with: result) }
      }
    } onCancel: {
      let waiting = line.withLock { $0.waiting.removeValue(forKey: number) }
      waiting?.resume(throwing: CancellationError())
    }
  }

  private func leave(_ number: Int) {
    let next = line.withLock { line in
      line.numbers.removeAll { $0 == number }
      return line.numbers.first.flatMap { line.waiting.removeValue(forKey: $0) }
    }
    next?.resume()
  }
}
