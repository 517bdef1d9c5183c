internal import RunPythonTool
internal import SystemSupport
internal import TerminalText

/// A run that goes on.
struct RunInProgress: Sendable {
  var number: Int
  /// The run's name by the place of its session, such as `run 7`.
  var title: String
  var code: String
  var start: Date
  /// True when `:time` asked for it.
  var isTimed = false
  /// The time of the latest Ctrl-C.
  var interrupted: Date?
}

/// The run that goes on, and the blocks that run after it.
struct RunQueue: Sendable {
  private(set) var current: RunInProgress?
  /// The blocks that run next, in order: they were accepted when nothing could run.
  private(set) var waiting: [String] = []
  /// The number of the latest run; no two runs of the prompt share one.
  private(set) var lastNumber = 0

  mutating func add(_ block: String) { waiting.append(block) }

  mutating func takeNext() -> String? { waiting.isEmpty ? nil : waiting.removeFirst() }

  mutating func takeAll() -> [String] {
    defer { waiting = [] }
    return waiting
  }

  /// Gives a number to what counts as a run.
  mutating func nextNumber() -> Int {
    lastNumber += 1
    return lastNumber
  }

  mutating func begin(_ code: String, title: String, at start: Date, isTimed: Bool) -> RunInProgress {
    let run = RunInProgress(
      number: nextNumber(), title: title, code: code, start: start, isTimed: isTimed)
    current = run
    return run
  }

  mutating func noteInterrupt(at time: Date) { current?.interrupted = time }

  mutating func end() { current = nil }
}

extension App {
  /// Runs a block as soon as those before it have ended and the server is there.
  mutating func enqueue(_ block: String) -> [AppAction] {
    runs.add(block)
    return runNext()
  }

  /// Begins the next waiting block, unless a run or a session request goes on.
  mutating func runNext() -> [AppAction] {
    guard runs.current == nil, pendingRequest == nil, !runs.waiting.isEmpty else { return [] }
    if case .connecting = server { return [] }
    guard let next = runs.takeNext() else { return [] }
    return BlockReader.asksToLeave(next) ? [.quit] : start(next)
  }

  /// Ends a question of the run, and puts the waiting blocks before the text at the prompt.
  mutating func giveUpWaiting() -> [AppAction] {
    let draft = prompt.draftText
    let restored = prompt.endQuestion()
    let waiting = runs.takeAll()
    guard !waiting.isEmpty else { return restored }
    let text = (waiting + (draft.isEmpty ? [] : [draft])).joined(separator: "\n")
    return [.edit(.replace(text: text, cursor: text.unicodeScalars.count))]
  }

  /// Begins to run code.
  ///
  /// - Parameter title: the text that the console shows in place of the code.
  mutating func start(_ code: String, shownAs title: String? = nil, isTimed: Bool = false) -> [AppAction] {
    guard canRun else { return [] }
    guard isIdle else { return [] }
    let run = runs.begin(title ?? code, title: sessions.nextRunTitle, at: now, isTimed: isTimed)
    console.typed(code, run: run.number, number: nextBlockNumber, shownAs: title)
    views[.console]?.viewport.toEnd()
    consoleCursor = nil
    // The prompt has one line again when the code runs.
    let layout = Layout(size: size, mode: layoutMode, recent: recent, filled: filledPanes, zoomed: zoomed)
    let console = layout.area(showing: .console)?.body ?? layout.panes
    let room = Size(columns: max(1, console.columns - Gutter.width), rows: console.rows)
    return [
      .run(
        Run(
          number: run.number, code: code, isInteractive: title == nil,
          columns: room.columns, lines: room.rows, terminal: options.terminal,
          figures: means.drawsFigures ? .forFigures(in: room) : nil))
    ]
  }

  /// The number of the next block, as tracebacks name it: files that are run do not count.
  private var nextBlockNumber: Int {
    let present = sessions.presentRuns
    return 1 + console.blocks.count { $0.isTyped && present.contains($0.run) }
  }

  /// True when the server takes code; otherwise the user is told why not.
  private var canRun: Bool {
    mutating get {
      if case .connected(let details) = server, !details.runsPython {
        console.say("This server does not run Python. :tools lists what it has, :call calls it.", .warning)
        return false
      }
      return isServerThere
    }
  }

  /// True when the server is connected; otherwise the user is told.
  var isServerThere: Bool {
    mutating get {
      switch server {
      case .connected: return true
      case .connecting: say("The server is not ready yet.", .warning)
      case .disconnected: console.say("There is no server any more; :restart starts one.", .errorText)
      case .unprepared: console.say("Python is not there; :restart tries again to make it ready.", .errorText)
      case .replaying: console.say("This is a saved session; there is no server.", .warning)
      }
      return false
    }
  }

  /// True when neither a run nor a session request goes on; otherwise the user is told.
  var isIdle: Bool {
    mutating get {
      if runs.current != nil { say("A run is going on; Ctrl-C cancels it.", .warning) }
      if let pendingRequest { say("It is \(pendingRequest.request.doing); wait for its end.", .warning) }
      return runs.current == nil && pendingRequest == nil
    }
  }

  /// Takes the end of a run, and begins the next one.
  mutating func finish(_ number: Int, _ outcome: RunOutcome) -> [AppAction] {
    for pane in [Pane.standardOutput, .standardError] { streams[pane]?.end() }
    let ended = runs.current.flatMap { $0.number == number ? $0 : nil }
    console.finish(run: number, outcome, exactTiming: ended?.isTimed == true)
    if case .value(let value?) = outcome.ending { lastValue = value }
    guard let ended else { return [] }
    sessions.ended(run: number, code: ended.code, place: outcome.place)
    console.mark(sessions)
    endRun()
    if case .exit(let status, let message) = outcome.ending {
      return [.leave(status: status, message: message)]
    }
    return prompt.endQuestion() + runNext()
  }

  /// Forgets the run that goes on, and what was asked or said about it.
  mutating func endRun() {
    runs.end()
    if layers[Question.self]?.subject == .restart { layers.close(Question.self) }
    if flash?.isOfRun == true { flash = nil }
  }

  // MARK: Interrupting

  /// Answers Ctrl-C.
  mutating func interrupt() -> [AppAction] {
    if prompt.completions != nil {
      prompt.completions = nil
      return []
    }
    if layersFromTop.contains(where: \.endsAtInterrupt) {
      layers.close(where: \.endsAtInterrupt)
      return []
    }
    if let request = pendingRequest?.request, runs.waiting.isEmpty {
      say("It cannot be interrupted while it is \(request.doing); :restart gives it up.", .warning)
      return []
    }
    guard let run = runs.current else { return runs.waiting.isEmpty ? dropBlock() : giveUpWaiting() }
    if let last = run.interrupted, now.timeIntervalSince(last) <= 2 {
      layers.open(Question(subject: .restart))
      return []
    }
    return cancel()
  }

  /// Cancels the run that goes on.
  mutating func cancel() -> [AppAction] {
    guard runs.current != nil else {
      say("Nothing runs.")
      return []
    }
    runs.noteInterrupt(at: now)
    say("Cancelling. Ctrl-C within 2 s restarts the interpreter.", .warning, isOfRun: true)
    return [.cancelRun] + giveUpWaiting()
  }

  private mutating func dropBlock() -> [AppAction] {
    if prompt.hasAside { return [.edit(.clear)] }
    focusPrompt()
    if prompt.isEmpty {
      say("Ctrl-D leaves.")
      return []
    }
    return [.edit(.clear)]
  }

  /// Ends the interpreter, and with it the run that goes on.
  mutating func restart() -> [AppAction] {
    if case .replaying = server {
      console.say("This is a saved session; there is no server.", .warning)
      return []
    }
    console.say("Restarting the interpreter.\(sessions.obituary)")
    forgetSessions()
    // Blocks that are typed from now on are meant for the new interpreter.
    server = .connecting("restarting")
    return [.restartInterpreter]
  }

  /// The sentence about the blocks that wait; nil when there are none.
  var waitingText: String? {
    let count = runs.waiting.count
    guard count > 0 else { return nil }
    let blocks = count == 1 ? "The block waits" : "\(count) blocks wait"
    return "\(blocks) for the \(runs.current == nil ? "server" : "run to end")."
  }
}
