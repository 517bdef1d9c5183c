public import Pictures
internal import SystemPackage
import SystemSupport

/// One running Python: a Deno process started from an image, with a heap of its own.
///
/// It takes one run at a time, and the caller queues the others.
///
/// The actor guards the state of process and run from callers, timers and the task that reads frames.
public actor Interpreter {
  /// Gets a piece of output. The code waits while it works.
  public typealias OutputHandler = @Sendable (OutputChunk) async -> Void
  /// Gives the user's answer to the prompt of `input()`; nil when no user can be asked.
  public typealias InputHandler = @Sendable (_ question: InputQuestion) async -> String?

  /// Gets an image as soon as the code shows it.
  public typealias ImageHandler = @Sendable (PNGFile, _ drawing: String?) async -> Void

  let process = InterpreterProcess()
  /// The service for files; nil without mounts.
  let files: FileService?
  let options: InterpreterOptions
  var starting: CheckedContinuation<String, any Error>?
  var running: Running?
  private(set) var runs = 0
  /// The measure against code that used the processor since the last run.
  var restraint = Restraint.none
  /// True from the time the guest was held until a run has told it.
  var wasHeld = false
  /// The time of the last order between two runs.
  var orderedAt: ContinuousClock.Instant?
  let completions = PendingReplies<Int, [String]>()
  /// The requests for completions that the process has not answered. A late answer may still come.
  var owedCompletions: Set<Int> = []
  var lastCompletion = 0
  let savings = PendingReplies<Int, [UInt8]>()
  var lastCheckpoint = 0
  let image: Image
  /// The addresses of this machine at the start, which the code is denied.
  private let machine: Set<String>
  /// The reason why the process was killed; nil while it was not.
  private(set) var killing: RunResult.Loss?
  private var lastDiagnostic: String?
  /// The reason why the process ended; nil while it lives.
  private var ending: String?
  private var lifetime: Task<Void, Never>?

  /// The full version of Python, such as 3.14.2.
  public private(set) var pythonVersion = ""

  struct Running {
    let id: Int
    let keeps: Bool
    let continuation: CheckedContinuation<RunResult, Never>
    let output: OutputHandler
    let image: ImageHandler
    var images = ShownImages()
    let input: InputHandler
    /// The task that asks the user for a line.
    var asking: Task<Void, Never>?
    var clock: RunClock
    /// The number of bytes of UTF-8 that the code wrote.
    var written = 0
    /// True when its time is over. Its output is dropped then, so that a result behind it can still come.
    var isOutputLate = false
    /// True when some of its output was dropped because it was late.
    var hasLateOutput = false
    /// True once the warden has told that it hands the code to Python.
    var hasBegun = false
  }

  /// Starts an interpreter and waits until it can run code.
  ///
  /// - Parameters:
  ///   - checkpoint: The state to go on from; by default that of a new Python.
  ///   - reseeds: True when random numbers are to differ from those after the checkpoint.
  ///   - environment: The caller's own environment. Deno gets only the variables that name certificates, and Python
  ///     gets none.
  ///   - onDiagnostic: Gets each line that Deno writes to stderr.
  /// - Throws: `SandboxError.startFailed`, and `checkpointUnusable` for a checkpoint of another image.
  public static func start(
    image: Image, runtime: Runtime, options: InterpreterOptions, restoring checkpoint: Checkpoint? = nil,
    reseeds: Bool = false, environment: [String: String],
    onDiagnostic: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Interpreter {
    try checkpoint?.check(belongsTo: image)
    let snapshot = checkpoint != nil || options.usesSnapshot ? image.snapshot : nil
    let interpreter = Interpreter(image: image, options: options)
    do {
      try await interpreter.start(
        on: runtime, from: snapshot, restoring: checkpoint, reseeds: reseeds, environment: environment,
        onDiagnostic: onDiagnostic)
      return interpreter
    } catch let error as SandboxError
      where error.code == .startFailed && snapshot != nil && checkpoint == nil && !Task.isCancelled
    {
      onDiagnostic("The snapshot cannot be used, so Python starts without it: \(error.message)")
    }
    let other = Interpreter(image: image, options: options)
    try await other.start(on: runtime, environment: environment, onDiagnostic: onDiagnostic)
    return other
  }

  private init(image: Image, options: InterpreterOptions) {
    self.image = image
    self.options = options
    files =
      options.mounts.isEmpty
      ? nil : FileService(options.mounts) { [process] request, reply in process.answer(request, reply) }
    machine = options.network == nil ? [] : MachineAddresses.shared.now
  }

  /// True when the machine has a newer address, which this interpreter's code is not denied.
  public nonisolated var isOlderThanAnAddress: Bool {
    options.network != nil && !MachineAddresses.shared.now.isSubset(of: machine)
  }

  /// True while the interpreter can run code.
  public var isAlive: Bool { loss == nil }

  /// The reason why it cannot run code any more; nil while it can.
  public var loss: RunResult.Loss? { killing ?? ending.map { .died(reason: $0) } }

  /// Goes on from a checkpoint, which takes a tenth of a start. The interpreter must not have run any code.
  ///
  /// - Throws: `SandboxError.checkpointUnusable` for a checkpoint of another image, and `startFailed` when the
  ///   interpreter has ended.
  func restore(_ checkpoint: Checkpoint, reseeds: Bool) async throws {
    precondition(runs == 0 && options.isSavable)
    try checkpoint.check(belongsTo: image)
    try await becomeReady {
      process.send(
        .restore(checkpointBytes: checkpoint.content.count, reseeds: reseeds), content: checkpoint.content)
    }
  }

  /// Runs `code`. Cancelling the task interrupts the code. If it does not stop in the grace period, the interpreter
  /// is killed.
  ///
  /// - Parameters:
  ///   - code: The source of the code.
  ///   - globals: The text of a JSON object with the variables that the code finds.
  ///   - keep: True when variables are kept for the next run.
  ///   - isInteractive: True when the value of each expression statement is displayed, as at Python's own prompt.
  ///     The last line's value is the result instead.
  ///   - console: The environment variables that tell of the console which shows the output, such as `COLUMNS`. The name
  ///     `figures` is none: its value, such as `80x20`, wants drawings of figures for so many cells.
  ///   - argv: The text of a JSON array with the name of the program and its arguments; empty for none.
  ///   - waited: The part of the run's time that is over already.
  ///   - input: Answers `input()`; by default no user can be asked.
  ///   - image: Gets each image of the result as the code shows it.
  ///   - output: Gets the output while the code runs. The code waits while it works.
  /// - Returns: The result. It tells by `loss` when the interpreter ended.
  public func run(
    _ code: String, globals: String = "{}", keep: Bool = false, isInteractive: Bool = false,
    console: [String: String] = [:], argv: String = "", waited: Duration = .zero,
    input: @escaping InputHandler = { _ in nil },
    image: @escaping ImageHandler = { _, _ in }, output: @escaping OutputHandler
  ) async -> RunResult {
    precondition(running == nil, "one run at a time")
    if let loss {
      var lost = RunResult.lost(loss)
      lost.hasBegun = false
      return lost
    }
    runs += 1
    restraint = .none
    let id = runs
    let timeout = options.limits.timeout
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let clock = RunClock(limit: timeout.map { max(.zero, $0 - waited) }) {
          await self.interrupt(id, isLate: true)
        }
        running = Running(
          id: id, keeps: keep, continuation: continuation, output: output, image: image, input: input,
          clock: clock)
        process.send(
          .run(
            Order.Run(
              run: id, code: code, globals: globals, keep: keep, resets: options.resets && !keep,
              isInteractive: isInteractive, console: console, argv: argv, timeout: timeout)))
        running?.clock.start()
        watchMemory(id)
        if Task.isCancelled { interrupt(id) }
      }
    } onCancel: {
      Task { await self.interrupt(id) }
    }
  }

  /// Ends the process and waits until it is gone.
  public func stop() async {
    kill(.killed)
    await lifetime?.value
  }

  private func interrupt(_ id: Int, isLate: Bool = false) {
    guard running?.id == id else { return }
    process.send(.interrupt(run: id, isLate: isLate))
    running?.asking?.cancel()
    Task {
      // Output can take longer to send than to write. The code's last words get half of the time.
      try? await Task.sleep(for: options.gracePeriod / 2)
      guard running?.id == id else { return }
      running?.isOutputLate = true
      try? await Task.sleep(for: options.gracePeriod / 2)
      guard running?.id == id else { return }
      kill(isLate ? .timedOut(after: options.limits.timeout ?? .zero) : .killed)
    }
  }

  func kill(_ cause: RunResult.Loss) {
    if killing == nil { killing = cause }
    process.kill()
  }

  /// Watches as long as a run lasts what the interpreter has in memory.
  func watchMemory(_ id: Int) {
    Task {
      while running?.id == id, !endIfTooLarge() { try? await Task.sleep(for: .milliseconds(50)) }
    }
  }

  /// Ends a process that takes more memory than it may; gives true then.
  func endIfTooLarge() -> Bool {
    guard let megabytes = process.residentMemory, megabytes > options.limits.residentMemory
    else { return false }
    kill(.tooLarge(megabytes: options.limits.residentMemory))
    return true
  }

  /// Starts the process and waits until it can run code.
  ///
  /// - Parameter snapshot: The snapshot to start from; nil starts Python anew.
  private func start(
    on runtime: Runtime, from snapshot: FilePath? = nil, restoring checkpoint: Checkpoint? = nil,
    reseeds: Bool = false, environment: [String: String],
    onDiagnostic: @escaping @Sendable (String) -> Void
  ) async throws {
    let command = DenoCommand(
      runtime: runtime, guest: try await GuestCode.folder(for: runtime), module: "warden/warden.js",
      read: [image.site] + [snapshot].compactMap(\.self), network: options.network, machine: machine,
      engineFlags: DenoCommand.guestEngineFlags,
      dataMegabytes: options.limits.residentMemory + Limits.reserved)
    process.send(
      .start(
        Order.Start(
          token: process.token, pyodide: runtime.pyodide.string, site: image.site.string,
          snapshot: snapshot?.string, network: command.network != nil, limits: options.limits,
          isSavable: options.isSavable, resets: options.resets,
          checkpointBytes: checkpoint?.content.count ?? 0, reseeds: reseeds, mounts: options.mounts)),
      content: checkpoint?.content)
    try await becomeReady {
      lifetime = Task {
        let ending = await process.run(
          command, environment: command.environment(from: environment),
          bounds: FrameBounds(limits: options.limits), files: files,
          onDiagnostic: { line in
            onDiagnostic(line)
            Task { await self.note(line) }
          },
          receive: { await self.receive($0) })
        end(ending)
      }
    }
  }

  /// Waits until the process can run code, and kills it when the task is cancelled. `begin` gives it the first
  /// order.
  private func becomeReady(_ begin: () -> Void) async throws {
    let overdue = Task {
      try await Task.sleep(for: options.startTimeout)
      process.kill()
    }
    defer { overdue.cancel() }
    pythonVersion = try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        starting = continuation
        begin()
      }
    } onCancel: {
      process.kill()
    }
  }

  private func note(_ diagnostic: String) {
    if !diagnostic.isEmpty { lastDiagnostic = diagnostic }
  }

  /// Takes the process for dead. Its further frames are ignored.
  func giveUp(_ reason: String) {
    ending = ending ?? reason
    files?.stop()
    process.kill()
    // The process breaks the protocol, so a missing `begun` proves nothing.
    finishRun(hasBegun: true)
  }

  private func end(_ end: InterpreterProcess.End) {
    ending = ending ?? end.reason
    files?.stop()
    // All frames of the process have been read by now.
    finishRun(hasBegun: end.isViolation || running?.hasBegun == true)
    let causes = [ending, lastDiagnostic].compactMap(\.self).joined(separator: "; ")
    starting?.resume(
      throwing: SandboxError(
        .startFailed, "Python could not be started: \(causes).", remedy: .examine))
    starting = nil
    let ended = Checkpoint.unsavable("it has ended")
    completions.close(ended)
    savings.close(ended)
  }

  /// Ends the present run and gives it to the caller, which has to resume its continuation.
  func takeRun() -> Running? {
    guard var run = running else { return nil }
    running = nil
    run.asking?.cancel()
    run.clock.stop()
    return run
  }

  private func finishRun(hasBegun: Bool) {
    guard let run = takeRun() else { return }
    var lost = RunResult.lost(killing ?? .died(reason: ending ?? "for an unknown reason"))
    lost.hasBegun = hasBegun
    run.continuation.resume(returning: lost)
  }
}

/// Measures the time of a run. It can be stopped while the run waits for its user.
struct RunClock {
  private var left: Duration?
  private let onEnd: @Sendable () async -> Void
  private var begin = ContinuousClock.now
  private var waiting: Task<Void, Never>?

  /// - Parameters:
  ///   - limit: The time after which the clock ends; nil for a clock that never ends.
  ///   - onEnd: The call at the end.
  init(limit: Duration?, onEnd: @escaping @Sendable () async -> Void) {
    left = limit
    self.onEnd = onEnd
  }

  mutating func start() {
    guard let left, waiting == nil else { return }
    begin = .now
    waiting = Task { [onEnd] in
      guard (try? await Task.sleep(for: left)) != nil else { return }
      await onEnd()
    }
  }

  mutating func stop() {
    guard let waiting else { return }
    waiting.cancel()
    self.waiting = nil
    left = left.map { max(.zero, $0 - (.now - begin)) }
  }
}
