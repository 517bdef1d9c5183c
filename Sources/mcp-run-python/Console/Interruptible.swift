import ArgumentParser
import UnixSignals

/// Runs work that signals end in good order: the work is cancelled and ends the processes that it started.
/// The program then leaves with the status that the shell expects of a signal.
func interruptible<Value: Sendable>(
  by signals: [UnixSignal] = [.sigint, .sigterm, .sighup],
  _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  let signals = await UnixSignalsSequence(trapping: signals)
  return try await withThrowingTaskGroup(of: Value?.self) { group in
    group.addTask { try await work() }
    group.addTask {
      for await signal in signals { throw ExitCode(128 + signal.rawValue) }
      return nil
    }
    defer { group.cancelAll() }
    while let ended = try await group.next() {
      if let value = ended { return value }
    }
    throw CancellationError()
  }
}
