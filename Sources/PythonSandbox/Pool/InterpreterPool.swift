internal import DequeModule
internal import Metrics
internal import SystemSupport

/// Interpreters that are started before they are wanted, so that clients need not wait for a start.
///
/// Each is given away once, since interpreters are never shared, and is replaced at once. At most as many are
/// started at a time as the machine has processors: more would make all of them slow.
///
/// The actor guards the ready interpreters and the waiting calls from the callers and from the starts that end.
public actor InterpreterPool: InterpreterSource {
  private struct Waiter {
    let continuation: CheckedContinuation<Interpreter, any Error>
    let report: PreparationHandler
  }

  /// The options with which the interpreters are started.
  public nonisolated let options: InterpreterOptions
  /// The packages that the interpreters have.
  public nonisolated let dependencies: Dependencies
  private let source: any InterpreterSource
  private let size: Int
  private let maximumStarting: Int
  private let isLazy: Bool
  private let report: PreparationHandler
  private let onDiagnostic: @Sendable (String) -> Void
  private var ready: Deque<Interpreter> = []
  private var waiting: [(id: Int, waiter: Waiter)] = []
  private var lastWaiter = 0
  private var starts: [Int: Task<Void, Never>] = [:]
  private var lastStart = 0
  private var isWanted = false
  /// True from a failed start until the next call, since another start would probably fail at once, too.
  private var isResting = false
  private var isClosed = false
  /// True when the last start succeeded; nil before the first.
  private var canStart: Bool?

  private let hits = Counter(label: "mcp_run_python_pool_hits_total")
  private let misses = Counter(label: "mcp_run_python_pool_misses_total")
  private let waitTime = Timer(label: "mcp_run_python_pool_wait_seconds")
  private let readyGauge = Gauge(label: "mcp_run_python_pool_ready")

  /// - Parameters:
  ///   - source: Starts the interpreters.
  ///   - size: The number that is kept ready; 0 starts each when it is wanted.
  ///   - maximumStarting: The number of starts at a time; by default the number of the machine's processors.
  ///   - isLazy: True when none is kept ready before a second call.
  ///   - report: Gets the events while interpreters are prepared.
  ///   - onDiagnostic: Gets each line that the processes write to stderr.
  public init(
    source: any InterpreterSource, size: Int, maximumStarting: Int? = nil, isLazy: Bool = false,
    report: @escaping PreparationHandler = { _ in },
    onDiagnostic: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.source = source
    options = source.options
    dependencies = source.dependencies
    self.size = size
    self.maximumStarting = max(1, maximumStarting ?? ProcessInfo.processInfo.activeProcessorCount)
    self.isLazy = isLazy
    self.report = report
    self.onDiagnostic = onDiagnostic
    readyGauge.record(0)
  }

  /// Begins to start interpreters until the pool is full.
  public func fill() { startMissing() }

  /// True when interpreters can probably be had: the last start succeeded, or none is started before it is wanted.
  public var isReady: Bool { canStart ?? (size == 0) }

  // Only tests ask for these four.

  var startingCount: Int { starts.count }
  var readyCount: Int { ready.count }
  var waitingCount: Int { waiting.count }
  var first: Interpreter? { ready.first }

  /// Gives an interpreter that is ready, else the next that becomes ready. Cancelling the task ends the wait.
  public func startInterpreter(
    report: @escaping PreparationHandler, onDiagnostic: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Interpreter {
    isResting = false
    defer { isWanted = true }
    if let interpreter = await takeReady() { return interpreter }
    misses.increment()
    let start = ContinuousClock.now
    let interpreter = try await wait(report)
    waitTime.record(duration: ContinuousClock.now - start)
    return interpreter
  }

  private func takeReady() async -> Interpreter? {
    while let interpreter = ready.popFirst() {
      readyGauge.record(ready.count)
      if await interpreter.isAlive, !interpreter.isOlderThanAnAddress {
        hits.increment()
        waitTime.recordNanoseconds(0)
        startMissing()
        return interpreter
      }
      await interpreter.stop()
    }
    return nil
  }

  /// Gives a ready interpreter with the checkpoint's state in place of its own, else one that is started now.
  public func startInterpreter(
    restoring checkpoint: Checkpoint, reseeds: Bool, report: @escaping PreparationHandler,
    onDiagnostic: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Interpreter {
    if options.isSavable, options.usesSnapshot, let interpreter = await takeReady() {
      do {
        try await interpreter.restore(checkpoint, reseeds: reseeds)
        return interpreter
      } catch {
        await interpreter.stop()
        try Task.checkCancellation()
        onDiagnostic("No interpreter that was ready could be restored: \(error)")
      }
    }
    return try await source.startInterpreter(
      restoring: checkpoint, reseeds: reseeds, report: report, onDiagnostic: onDiagnostic)
  }

  /// Ends the interpreters that were not given away. Waiting calls throw `CancellationError`.
  public func close() async {
    isClosed = true
    for (_, waiter) in waiting { waiter.continuation.resume(throwing: CancellationError()) }
    waiting = []
    let interpreters = ready
    ready = []
    for interpreter in interpreters { await interpreter.stop() }
    for start in starts.values {
      start.cancel()
      await start.value
    }
  }

  private func wait(_ report: @escaping PreparationHandler) async throws -> Interpreter {
    lastWaiter += 1
    let id = lastWaiter
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guard !isClosed, !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
        waiting.append((id, Waiter(continuation: continuation, report: report)))
        startMissing()
      }
    } onCancel: {
      Task { await self.abandon(id) }
    }
  }

  private func abandon(_ id: Int) {
    guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
    waiting.remove(at: index).waiter.continuation.resume(throwing: CancellationError())
  }

  private func startMissing() {
    guard !isClosed else { return }
    while starts.count < min(maximumStarting, missing) {
      lastStart += 1
      let id = lastStart
      starts[id] = Task { await start(id) }
    }
  }

  /// The number of interpreters to start: one for each waiting call, and as many as fill the pool. The first that are
  /// ready go to the waiting calls.
  private var missing: Int {
    waiting.count + (isResting || (isLazy && !isWanted) ? 0 : size - ready.count)
  }

  private func start(_ id: Int) async {
    let (events, input) = AsyncStream<PreparationEvent>.makeStream()
    let telling = Task { for await event in events { tell(event) } }
    let outcome: Result<Interpreter, any Error>
    do {
      outcome = .success(
        try await source.startInterpreter(report: { input.yield($0) }, onDiagnostic: onDiagnostic))
    } catch {
      outcome = .failure(error)
    }
    input.finish()
    await telling.value
    starts[id] = nil
    await handOut(outcome)
    startMissing()
  }

  /// Gives what came of a start to the call that waits longest, or else keeps the interpreter ready.
  private func handOut(_ outcome: Result<Interpreter, any Error>) async {
    canStart = (try? outcome.get()) != nil
    if canStart == false { isResting = true }
    if !waiting.isEmpty {
      // One waiting call gets the failure, since each of the others has a start of its own.
      waiting.removeFirst().waiter.continuation.resume(with: outcome)
      return
    }
    switch outcome {
    case .success(let interpreter):
      // The call that it was started for may have given up.
      if isClosed || ready.count >= size { return await interpreter.stop() }
      ready.append(interpreter)
      readyGauge.record(ready.count)
    case .failure(let error):
      if !isClosed { report(PreparationEvent(.error, "\(error)")) }
    }
  }

  private func tell(_ event: PreparationEvent) {
    report(event)
    for (_, waiter) in waiting { waiter.report(event) }
  }
}

/// A place that interpreters come from. They are made when they are wanted, or are ready before.
public protocol InterpreterSource: Sendable {
  /// The options with which the interpreters are started.
  var options: InterpreterOptions { get }
  /// The packages that the interpreters have.
  var dependencies: Dependencies { get }

  /// Gives an interpreter that nobody else has. The caller has to stop it.
  ///
  /// - Parameters:
  ///   - report: Gets the events while an interpreter is prepared for this call.
  ///   - onDiagnostic: Gets each line that the process writes to stderr, if it is started for this call.
  /// - Throws: `SandboxError` when none can be started, and `CancellationError`.
  func startInterpreter(
    report: @escaping PreparationHandler, onDiagnostic: @escaping @Sendable (String) -> Void
  ) async throws -> Interpreter

  /// Gives an interpreter that goes on from `checkpoint`.
  ///
  /// - Parameter reseeds: True when random numbers are to differ from those after the checkpoint.
  /// - Throws: `SandboxError`, with `checkpointUnusable` for a checkpoint of another image.
  func startInterpreter(
    restoring checkpoint: Checkpoint, reseeds: Bool, report: @escaping PreparationHandler,
    onDiagnostic: @escaping @Sendable (String) -> Void
  ) async throws -> Interpreter
}

extension Sandbox: InterpreterSource {}
