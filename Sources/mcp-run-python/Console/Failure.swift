import ArgumentParser
import MCP
import PythonSandbox
import SystemSupport
import UnixSignals

/// Ends the command with a sentence on stderr and status 1; never with a trace.
func reportingFailures<Value>(_ work: () async throws -> Value) async throws -> Value {
  do {
    return try await work()
  } catch let error as SandboxError {
    let kind = error.code == .installFailed ? "install-error: " : ""
    StandardError.print("mcp-run-python: \(kind)\(escaped(error))")
    throw ExitCode.failure
  } catch let error as ClientError {
    StandardError.print("mcp-run-python: \(escaped(error))")
    throw ExitCode(2)
  } catch let error as CommandFailure {
    StandardError.print("mcp-run-python: \(error)")
    throw ExitCode.failure
  } catch let error as RPCError {
    StandardError.print("mcp-run-python: the server refused: \(error.message.foreignLine())")
    throw ExitCode.failure
  }
}

/// Escapes a message that quotes others, such as a package's metadata or a server's answer.
private func escaped(_ error: some Error) -> String {
  "\(error)".split(separator: "\n", omittingEmptySubsequences: false)
    .map { String($0).foreignLine(limit: 10_000) }.joined(separator: "\n")
}

/// The reason why a command of the shell or of the prompt cannot go on: a sentence that says what to do.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

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
