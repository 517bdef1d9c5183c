import SystemPackage
public import UnixSignals

/// The reason why a command of the shell or of the prompt cannot go on: a sentence that says what to do.
public struct CommandFailure: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// A signal that has ended the work in good order.
public struct EndedBySignal: Error {
  /// The status that the system's shell expects of a program that such a signal ends.
  public let status: Int32
}

/// Runs work that signals end in good order: the work is cancelled and ends the processes that it started.
///
/// - Throws: ``EndedBySignal``, or what the work throws.
public func interruptible<Value: Sendable>(
  by signals: [UnixSignal] = [.sigint, .sigterm, .sighup],
  _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  let signals = await UnixSignalsSequence(trapping: signals)
  return try await withThrowingTaskGroup(of: Value?.self) { group in
    group.addTask { try await work() }
    group.addTask {
      for await signal in signals { throw EndedBySignal(status: 128 + signal.rawValue) }
      return nil
    }
    defer { group.cancelAll() }
    while let ended = try await group.next() {
      if let value = ended { return value }
    }
    throw CancellationError()
  }
}

/// The user's side of stderr.
public struct StandardError: TextOutputStream {
  public init() {}

  public mutating func write(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll(text.utf8)
  }

  public static func print(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll((text + "\n").utf8)
  }
}
