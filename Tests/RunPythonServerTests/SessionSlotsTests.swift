import Logging
import MCP
import PythonSandbox
import RunPythonTool
import Testing

@testable import RunPythonServer

@Suite struct SessionSlotsTests {
  @Test func aSlotIsFreeAgainWhenItIsForgotten() throws {
    let slots = SessionSlots(limit: 2)
    let first = try slots.take()
    var second: SessionSlots.Slot? = try slots.take()
    do {
      _ = try slots.take()
      Issue.record("there was no room")
    } catch {
      #expect(error.retryAfter ?? 0 > 0)
      #expect(error.message.contains("2 Python sessions"))
    }
    second = nil
    let third = try slots.take()
    withExtendedLifetime((first, second, third)) {}
  }
}

/// A sandbox without a Python: what the sessions do around a run can be seen all the same.
struct NoPython: InterpreterSource {
  let options = InterpreterOptions()
  let dependencies = Dependencies([])

  func startInterpreter(
    report: @escaping PreparationHandler, onDiagnostic: @escaping @Sendable (String) -> Void
  ) async throws -> Interpreter {
    throw SandboxError(.startFailed, "There is none.")
  }

  func startInterpreter(
    restoring checkpoint: Checkpoint, reseeds: Bool, report: @escaping PreparationHandler,
    onDiagnostic: @escaping @Sendable (String) -> Void
  ) async throws -> Interpreter {
    throw SandboxError(.startFailed, "There is none.")
  }
}

@Suite struct NamedSessionsTests {
  private func sessions(_ state: SandboxState, limit: Int = 2, timeout: Duration = .seconds(60))
    -> NamedSessions
  {
    NamedSessions(
      factory: SessionFactory(
        source: NoPython(), state: state, slots: SessionSlots(limit: limit), logger: .init(label: "test")),
      timeout: timeout)
  }

  @Test(arguments: [SandboxState.reset, .fresh])
  func withoutKeptVariablesThereAreNoNames(_ state: SandboxState) async throws {
    let (_, name) = try await sessions(state).withSession("any", proposal: "other") { _, _ in }
    #expect(name == nil)
  }

  @Test func aSessionIsFoundByItsNameAndByNoOther() async throws {
    let sessions = sessions(.keep)
    let (first, name) = try await sessions.withSession(nil, proposal: nil) { session, _ in
      ObjectIdentifier(session)
    }
    #expect(name?.count == 64)
    let (again, sameName) = try await sessions.withSession(name, proposal: "ignored") { session, _ in
      ObjectIdentifier(session)
    }
    #expect(first == again && name == sameName)
    await #expect(throws: RPCError.self) {
      try await sessions.withSession("other", proposal: nil) { _, _ in }
    }
    let (_, proposed) = try await sessions.withSession(nil, proposal: "mine") { _, _ in }
    #expect(proposed == "mine")
    await #expect(throws: RPCError.self) { try await sessions.withSession(nil, proposal: "mine") { _, _ in } }
  }

  @Test func pastTheLimitThereIsNoRoomForANewOne() async throws {
    let sessions = sessions(.keep, limit: 1)
    let (_, name) = try await sessions.withSession(nil, proposal: nil) { _, _ in }
    do {
      _ = try await sessions.withSession(nil, proposal: nil) { _, _ in }
      Issue.record("there was no room")
    } catch let error as RPCError {
      #expect(error.retryAfter != nil)
    }
    _ = try await sessions.withSession(name, proposal: nil) { _, _ in }
    await sessions.close()
    _ = try await sessions.withSession(nil, proposal: nil) { _, _ in }
  }

  @Test func aCallThatFailsLeavesNoSession() async throws {
    struct Failure: Error {}
    let sessions = sessions(.keep, limit: 1)
    await #expect(throws: Failure.self) {
      try await sessions.withSession(nil, proposal: "name") { _, _ in throw Failure() }
    }
    _ = try await sessions.withSession(nil, proposal: "name") { _, _ in }
  }
}
