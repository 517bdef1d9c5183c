internal import Logging
internal import MCP
internal import Pictures
internal import PythonSandbox
internal import RunPythonTool
import SystemSupport

/// One client's Python: owns at most one interpreter and gives it one run at a time.
///
/// If variables live on, the state is saved between two runs. So a run that must be killed takes nothing
/// else along. The actor guards the interpreter and its timeline from calls that run side by side.
actor PythonSession {
  let sandbox: any InterpreterSource
  let state: SandboxState
  let logger: Logger
  private let renews: Bool
  private var slot: SessionSlots.Slot?
  nonisolated let queue = RunQueue()
  private var starting: Task<Interpreter, any Error>?
  /// The task that ends replaced interpreters.
  private var stopping: Task<Void, Never>?
  private var listeners: [Int: PreparationHandler] = [:]
  /// The step at which the start of the interpreter is, for those who begin to listen later.
  private var step: PreparationEvent?
  private var lastListener = 0
  /// The sentence about a lost interpreter, until a run has told it.
  var notice: Notice?
  private var hasToldOfAddresses = false
  /// The loss of an interpreter that was found when another one was needed, until a run tells it.
  var lossBetweenRuns: RunResult.Loss?

  nonisolated let id = UUID()
  let checkpoints: CheckpointStore
  var timeline = Timeline()
  /// The wait of `input()`, which another run may end.
  var question: Task<Elicitation.Answer?, Never>?
  var pace = SavingPace()
  /// Saving is skipped until this run number, because the last state was too large or could not be saved.
  var nextSaving = 0
  /// The save of the state after the latest run, if one is going on.
  var saving: Saving?

  /// - Parameters:
  ///   - origin: The state that it goes on from; by default, a new Python.
  ///   - slot: Its place among all sessions, which is free again when it has been closed.
  ///   - renews: True when a lost interpreter is replaced at once; false where no other run will follow.
  init(
    sandbox: any InterpreterSource, state: SandboxState, checkpoints: CheckpointStore,
    origin: SavedState? = nil,
    slot: SessionSlots.Slot? = nil, logger: Logger, renews: Bool = true
  ) {
    self.sandbox = sandbox
    self.state = state
    self.checkpoints = checkpoints
    self.logger = logger
    self.renews = renews
    self.slot = slot
    timeline.beginning = origin
    if let origin { timeline.goOn(from: origin) }
  }

  /// True when the state is saved between two runs.
  var isSaved: Bool { state == .keep && sandbox.options.isSavable }

  /// Starts the interpreter, so that the first run finds it ready.
  func warmUp() {
    _ = startingInterpreter()
  }

  /// Runs code when the earlier runs have ended; cancelling the task interrupts it.
  ///
  /// - Parameters:
  ///   - place: The run's place in `queue`.
  ///   - report: Gets the events while an interpreter is prepared for this run.
  ///   - codeBegins: Called when the preparation has ended.
  ///   - input: Answers `input()`.
  ///   - image: Gets each image that the code shows, while it runs.
  ///   - output: Gets the code's output, while it runs.
  /// - Returns: The result, and sentences if the interpreter was replaced before or must be now.
  /// - Throws: `SandboxError` when there is no interpreter to be had.
  func run(
    _ code: String, at place: RunQueue.Place, globals: String, options: RunOptions,
    report: @escaping PreparationHandler, codeBegins: @escaping @Sendable () -> Void = {},
    input: @escaping Interpreter.InputHandler,
    image: @escaping Interpreter.ImageHandler, output: @escaping Interpreter.OutputHandler
  ) async throws -> (result: RunResult, notices: [Notice]) {
    abandonQuestion()
    return try await queue.run(at: place) {
      let start = ContinuousClock.now
      let isFree = await self.beginRun(code, isAside: options.isAside)
      let waited = ContinuousClock.now - start
      func run() async throws -> (RunResult, Interpreter) {
        let interpreter = try await self.interpreter(report: report)
        codeBegins()
        self.noteLossBetweenRuns(isAside: options.isAside)
        // The preparation is interrupted as the run itself would be.
        if isFree { try Task.checkCancellation() }
        let result = await interpreter.run(
          code, globals: globals, keep: self.state == .keep, isInteractive: options.isInteractive,
          console: options.consoleVariables,
          argv: options.argv.isEmpty ? "" : JSON.array(options.argv.map(JSON.string)).text, waited: waited,
          input: input, image: image,
          output: output)
        return (result, interpreter)
      }
      var (result, interpreter) = try await run()
      if let loss = result.loss, loss.isOfItself, !result.hasBegun {
        // The interpreter had ended unnoticed: the system may have killed it. Code that may have begun is not
        // repeated.
        self.note(loss, isAside: options.isAside)
        (result, interpreter) = try await run()
      }
      if result.hasWrittenOutside { self.timeline.noteOutside() }
      return (result, await self.prepareNextRun(after: result, of: interpreter, options))
    }
  }

  /// Completes the beginning of a line; gives nothing while there is no interpreter.
  func complete(_ text: String) async -> [String] {
    guard let interpreter = await currentInterpreter else { return [] }
    return await interpreter.complete(text)
  }

  /// Ends the interpreter.
  func close() async {
    await forgetInterpreter()
    await saving?.giveUp()
    await stopping?.value
    await checkpoints.remove(of: id)
    slot = nil
  }

  private func forgetInterpreter() async {
    let starting = self.starting
    self.starting = nil
    starting?.cancel()
    if let interpreter = try? await starting?.value { await interpreter.stop() }
  }

  /// Starts another interpreter from the timeline's place, and then ends the former one.
  ///
  /// - Throws: The reason why there is no other one; the former one then stays.
  func replaceInterpreter() async throws {
    let former = starting
    starting = nil
    do {
      _ = try await startingInterpreter().value
    } catch {
      starting = former
      throw error
    }
    stopInTime(former)
  }

  /// Ends an interpreter that has been replaced. Its end must delay no answer.
  private func stopInTime(_ former: Task<Interpreter, any Error>?) {
    stopping = Task { [stopping] in
      await stopping?.value
      if let interpreter = try? await former?.value { await interpreter.stop() }
    }
  }

  /// The interpreter that was started; nil while there is none, and when its start failed.
  var currentInterpreter: Interpreter? {
    get async { try? await starting?.value }
  }

  func interpreter(report: @escaping PreparationHandler) async throws -> Interpreter {
    lastListener += 1
    let id = lastListener
    listeners[id] = report
    defer { listeners[id] = nil }
    if let step { report(step) }
    if let interpreter = await currentInterpreter {
      guard let loss = await interpreter.loss else { return interpreter }
      lossBetweenRuns = loss
    }
    // The start failed, or the interpreter ended between two runs. A new start may succeed, because the cause
    // may be gone.
    starting = nil
    return try await startingInterpreter().value
  }

  private func startingInterpreter() -> Task<Interpreter, any Error> {
    if let starting { return starting }
    let (events, input) = AsyncStream<PreparationEvent>.makeStream()
    Task {
      for await event in events { report(event) }
      step = nil
    }
    let origin = timeline.origin
    let reseeds = timeline.reseeds
    let task = Task { [sandbox, logger] in
      defer { input.finish() }
      let report: PreparationHandler = { input.yield($0) }
      let onDiagnostic: @Sendable (String) -> Void = { logger.debug("\($0)", metadata: ["from": "deno"]) }
      guard let origin else {
        return try await sandbox.startInterpreter(report: report, onDiagnostic: onDiagnostic)
      }
      return try await sandbox.startInterpreter(
        restoring: origin.checkpoint, reseeds: reseeds, report: report, onDiagnostic: onDiagnostic)
    }
    starting = task
    return task
  }

  private func report(_ event: PreparationEvent) {
    logger.log(event)
    if event.level == .info { step = event }
    for listener in listeners.values { listener(event) }
  }

  /// Makes sure that the next run finds an interpreter; gives the sentences for the client.
  private func prepareNextRun(
    after result: RunResult, of interpreter: Interpreter, _ options: RunOptions
  ) async -> [Notice] {
    var told = [notice].compactMap(\.self)
    notice = nil
    told += result.sentences(outputLimit: sandbox.options.limits.output).map { Notice($0) }
    // With variables that live on, the text differs from the original's anyway.
    if let advice = result.advice { told.append(Notice(advice, isBesideText: state != .keep)) }
    let isGone = result.loss != nil || state == .fresh || (result.isSpent && state == .reset)
    if isGone {
      stopInTime(starting)
      starting = nil
    }
    if !hasToldOfAddresses, interpreter.isOlderThanAnAddress {
      hasToldOfAddresses = true
      told.append(
        Notice(
          "This machine has a new address, which this session's code is not kept from; a new session's code is."
        ))
    }
    if let loss = result.loss {
      let sentence = "\(loss.sentence), and was replaced by a new one\(await recover())."
      logger.warning("\(sentence)")
      told.append(Notice(sentence))
      // A cancelled run is not answered, so the next run tells its client.
      if Task.isCancelled { notice = Notice(sentence) }
    }
    if result.isSpent, state == .reset {
      logger.debug("The code may have left something behind, so the next run gets another interpreter.")
    }
    if isGone, renews { _ = startingInterpreter() }
    // An aside leaves nothing new, unless it came before the last run's state was saved.
    if !isGone, !options.isAside || timeline.unsavedRuns > 0 {
      scheduleSaving(of: interpreter, isUndoable: options.isUndoable)
    }
    return told
  }
}

extension PythonSession {
  /// Waits for the answer to a question of `input()`: until it comes, the time is over, or another run wants
  /// to begin. The latter counts for a client that need not come back to this run (2026-07-28, Multi
  /// Round-Trip Requests).
  ///
  /// - Parameters:
  ///   - time: The time to wait; nil for any time.
  ///   - yieldsToOthers: True when another run that wants to begin ends the wait.
  func wait(
    for asking: Task<Elicitation.Answer?, Never>, atMost time: Duration?, yieldsToOthers: Bool
  ) async -> Elicitation.Answer? {
    let timer = time.map { time in
      Task {
        try await Task.sleep(for: time)
        asking.cancel()
      }
    }
    if yieldsToOthers { question = asking }
    defer {
      timer?.cancel()
      question = nil
    }
    return await withTaskCancellationHandler {
      await asking.value
    } onCancel: {
      asking.cancel()
    }
  }

  /// Ends the wait for a client that may never come back.
  func abandonQuestion() {
    question?.cancel()
  }
}
