import Foundation
import Synchronization
import Testing

@testable import PythonSandbox

/// Starts real interpreters, or fails, as a test wants it.
private final class Source: InterpreterSource {
  let options = InterpreterOptions()
  let dependencies = Dependencies([])
  private let fails: Mutex<Bool>
  private let isHeld: Mutex<Bool>
  private let starts = Mutex(0)

  init(fails: Bool = false, isHeld: Bool = false) {
    self.fails = Mutex(fails)
    self.isHeld = Mutex(isHeld)
  }

  var startCount: Int { starts.withLock { $0 } }
  func recover() { fails.withLock { $0 = false } }
  func release() { isHeld.withLock { $0 = false } }

  func startInterpreter(
    report: @escaping PreparationHandler, onDiagnostic: @escaping @Sendable (String) -> Void
  ) async throws -> Interpreter {
    starts.withLock { $0 += 1 }
    report(PreparationEvent(.info, "preparing"))
    while isHeld.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(10)) }
    if fails.withLock({ $0 }) { throw SandboxError(.startFailed, "It failed.") }
    return try await SandboxUnderTest.interpreter()
  }

  func startInterpreter(
    restoring checkpoint: Checkpoint, reseeds: Bool, report: @escaping PreparationHandler,
    onDiagnostic: @escaping @Sendable (String) -> Void
  ) async throws -> Interpreter {
    throw SandboxError(.startFailed, "It restores none.")
  }
}

extension RealSandbox {
  @Suite struct InterpreterPoolTests {
    /// Waits until so many are ready.
    private static func wait(for count: Int, in pool: InterpreterPool) async throws {
      while await pool.readyCount != count { try await Task.sleep(for: .milliseconds(10)) }
    }

    /// A pool of one interpreter, which is ready.
    private static func readyPool(_ source: Source) async throws -> InterpreterPool {
      let pool = InterpreterPool(source: source, size: 1)
      await pool.fill()
      try await wait(for: 1, in: pool)
      return pool
    }

    private static func take(_ pool: InterpreterPool) async throws -> Interpreter {
      try await pool.startInterpreter(report: { _ in })
    }

    @Test func oneThatIsReadyIsGivenOnceAndReplaced() async throws {
      let source = Source()
      let pool = InterpreterPool(source: source, size: 1)
      #expect(await !pool.isReady)
      await pool.fill()
      try await Self.wait(for: 1, in: pool)
      #expect(await pool.isReady)
      let first = try await Self.take(pool)
      #expect(await first.isAlive)
      try await Self.wait(for: 1, in: pool)
      let second = try await Self.take(pool)
      #expect(first !== second)
      await pool.close()
      #expect(await first.isAlive, "whoever got it stops it")
      await first.stop()
      await second.stop()
    }

    @Test func oneThatHasEndedIsNotGiven() async throws {
      let pool = try await Self.readyPool(Source())
      await pool.first?.stop()
      let interpreter = try await Self.take(pool)
      #expect(await interpreter.isAlive)
      await interpreter.stop()
      await pool.close()
    }

    @Test func oneThatIsReadyGoesOnFromACheckpoint() async throws {
      let sandbox = Sandbox(
        cache: SandboxUnderTest.cache, dependencies: Dependencies([]),
        options: InterpreterOptions(isSavable: true), environment: SandboxUnderTest.environment)
      let pool = InterpreterPool(source: sandbox, size: 1)
      await pool.fill()
      try await Self.wait(for: 1, in: pool)
      let first = try await Self.take(pool)
      _ = await first.run("x = 6", keep: true, output: { _ in })
      let checkpoint = try await first.checkpoint()
      await first.stop()
      try await Self.wait(for: 1, in: pool)
      let ready = try #require(await pool.first)
      let restored = try await pool.startInterpreter(
        restoring: checkpoint, reseeds: false, report: { _ in }, onDiagnostic: { _ in })
      #expect(restored === ready)
      let result = await restored.run("x * 7", keep: true, output: { _ in })
      #expect(Ran(result: result, output: []).end == "42")
      await restored.stop()
      // A checkpoint that cannot be restored costs the one that was ready, and is refused by the next.
      try await Self.wait(for: 1, in: pool)
      await #expect(throws: SandboxError.self) {
        try await pool.startInterpreter(
          restoring: checkpoint.with(content: Array(checkpoint.content.dropLast(100))), reseeds: false,
          report: { _ in }, onDiagnostic: { _ in })
      }
      try await Self.wait(for: 1, in: pool)
      await pool.close()
    }

    @Test func withoutAPoolEachIsStartedWhenItIsWanted() async throws {
      let source = Source()
      let pool = InterpreterPool(source: source, size: 0)
      await pool.fill()
      #expect(source.startCount == 0)
      #expect(await pool.isReady)
      let interpreter = try await Self.take(pool)
      #expect(source.startCount == 1)
      await interpreter.stop()
      await pool.close()
    }

    @Test func onlySoManyAreStartedAtOnce() async throws {
      let source = Source()
      let pool = InterpreterPool(source: source, size: 3, maximumStarting: 1)
      await pool.fill()
      #expect(source.startCount <= 1)
      try await Self.wait(for: 3, in: pool)
      #expect(source.startCount == 3)
      await pool.close()
    }

    @Test func thePoolIsFilledWhileACallWaits() async throws {
      let source = Source(isHeld: true)
      let pool = InterpreterPool(source: source, size: 1, maximumStarting: 2)
      let call = Task { try await Self.take(pool) }
      while source.startCount < 2 { try await Task.sleep(for: .milliseconds(10)) }
      #expect(await pool.waitingCount == 1)
      source.release()
      let interpreter = try await call.value
      try await Self.wait(for: 1, in: pool)
      await interpreter.stop()
      await pool.close()
    }

    @Test func aLazyPoolKeepsNoneBeforeASecondIsAskedFor() async throws {
      let source = Source()
      let pool = InterpreterPool(source: source, size: 1, isLazy: true)
      await pool.fill()
      let first = try await Self.take(pool)
      #expect(await pool.readyCount == 0)
      #expect(source.startCount == 1)
      let second = try await Self.take(pool)
      try await Self.wait(for: 1, in: pool)
      #expect(source.startCount == 3)
      await first.stop()
      await second.stop()
      await pool.close()
    }

    @Test func aFailureIsToldAndNotTriedAgainUntilSomebodyAsks() async throws {
      let source = Source(fails: true)
      let told = Recorder<PreparationEvent>()
      let pool = InterpreterPool(source: source, size: 2, maximumStarting: 1, report: { told.append($0) })
      await pool.fill()
      while told.values.last?.level != .error { try await Task.sleep(for: .milliseconds(10)) }
      #expect(await !pool.isReady)
      #expect(source.startCount == 1)
      let heard = Recorder<PreparationEvent>()
      await #expect(throws: SandboxError.self) {
        try await pool.startInterpreter(report: { heard.append($0) })
      }
      #expect(heard.values == [PreparationEvent(.info, "preparing")])
      source.recover()
      let interpreter = try await Self.take(pool)
      #expect(await interpreter.isAlive)
      #expect(await pool.isReady)
      await interpreter.stop()
      await pool.close()
    }

    @Test(arguments: [0, 1]) func whoGivesUpLeavesNoMoreInterpretersThanThePoolHas(size: Int) async throws {
      let source = Source(isHeld: true)
      let pool = InterpreterPool(source: source, size: size, maximumStarting: 2)
      let task = Task { try await Self.take(pool) }
      while source.startCount < size + 1 { try await Task.sleep(for: .milliseconds(10)) }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      source.release()
      while await pool.startingCount > 0 { try await Task.sleep(for: .milliseconds(10)) }
      #expect(await pool.readyCount == size)
      await pool.close()
    }

    @Test func closingEndsWhatIsReadyAndWhatWaits() async throws {
      let pool = InterpreterPool(source: Source(), size: 1)
      await pool.fill()
      try await Self.wait(for: 1, in: pool)
      let ready = try #require(await pool.first)
      await pool.close()
      #expect(await !ready.isAlive)
      await #expect(throws: CancellationError.self) { try await Self.take(pool) }
    }
  }
}
