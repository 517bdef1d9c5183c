import ArgumentParser
import MCP
import PythonSandbox
import ReplShell
import SystemSupport

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
  } catch let ending as EndedBySignal {
    throw ExitCode(ending.status)
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
