internal import SystemSupport
internal import TerminalText

extension App {
  /// Takes in events that do not come from the user.
  mutating func takeNews(_ event: AppEvent) -> [AppAction] {
    switch event {
    case .tick(let time):
      now = time
      if let end = flash?.end, time >= end { flash = nil }
    case .image(let mimeType, let bytes, let preview):
      console.shown(
        images.add(mimeType: mimeType, bytes: bytes), preview: options.drawsPictures ? preview : nil)
    case .childStandardError(let text): streams[.server]?.append(text)
    case .server(let state): return takeServer(state)
    case .memory(let bytes): memory = bytes
    case .runFinished(let number, let outcome): return finish(number, outcome)
    case .inputRequested(let request):
      focus = .prompt
      console.asked(request.prompt)
      return prompt.ask(request)
    case .inputWithdrawn(let id): return prompt.question?.id == id ? prompt.endQuestion() : []
    case .completions(let list): return takeCompletions(list)
    case .answer(let answer): console.say(answer)
    case .sessionAnswered(let answer): return takeAnswer(answer)
    case .sessionRefused(let sentence): return takeRefusal(sentence)
    case .resumed(let answer, let request): return takeResumption(answer, to: request)
    case .variablesReset(let runs): return takeReset(runs: runs)
    case .loaded(let path, let text): return start(text, shownAs: ":run \(path)")
    case .edited(let text):
      if let text { return send(text) }
      say("Nothing was changed, so nothing is sent.")
    case .key, .editor, .resized, .log, .message, .http: break
    }
    return []
  }

  mutating func takeLog(_ stream: LogStream, _ text: String, isPartial: Bool) {
    let number = run?.number ?? (lastRun > 0 ? lastRun : nil)
    let end = isPartial ? "" : "\n"
    switch stream {
    case .standardOutput, .standardError:
      let pane: Pane = stream == .standardOutput ? .standardOutput : .standardError
      streams[pane]?.append(text + end, run: number, title: run?.title)
      console.output(text, isPartial: isPartial, pane: pane)
    case .value: console.displayed(text)
    case .other(let logger):
      streams[.server]?.endLine()
      streams[.server]?.append("[\(logger)] \(text)\n")
    }
  }

  private mutating func takeServer(_ state: ServerState) -> [AppAction] {
    server = state
    if case .connected(let details) = state { sessions.obstacle = details.checkpointObstacle }
    guard case .disconnected(let reason) = state else { return runNext() }
    console.say("The server is gone: \(reason)\(sessions.obituary)", .errorText)
    forgetSessions()
    endRun()
    return giveUpWaiting()
  }

  /// Runs a block as soon as those before it have ended and the server is there.
  mutating func enqueue(_ block: String) -> [AppAction] {
    waiting.append(block)
    return runNext()
  }

  /// Begins the next waiting block, unless a run or a way back in time goes on.
  mutating func runNext() -> [AppAction] {
    guard run == nil, journey == nil, let next = waiting.first else { return [] }
    if case .connecting = server { return [] }
    waiting.removeFirst()
    return Self.isExit(next) ? [.quit] : start(next)
  }

  /// Ends a question of the run, and puts the waiting blocks before the text at the prompt.
  mutating func giveUpWaiting() -> [AppAction] {
    let draft = prompt.draftText
    let restored = prompt.endQuestion()
    guard !waiting.isEmpty else { return restored }
    let text = (waiting + (draft.isEmpty ? [] : [draft])).joined(separator: "\n")
    waiting = []
    return [.edit(.replace(text: text, cursor: text.unicodeScalars.count))]
  }

  private mutating func endRun() {
    run = nil
    if question?.subject == .restart { question = nil }
    if flash?.isOfRun == true { flash = nil }
  }

  /// Begins to run code.
  ///
  /// - Parameter title: the text that the console shows in place of the code.
  mutating func start(_ code: String, shownAs title: String? = nil, isTimed: Bool = false) -> [AppAction] {
    guard canRun else { return [] }
    guard isIdle else { return [] }
    lastRun += 1
    run = RunInProgress(
      number: lastRun, title: sessions.nextRunTitle, code: title ?? code, start: now, isTimed: isTimed)
    console.typed(code, run: lastRun, shownAs: title)
    views[.console]?.viewport.toEnd()
    let columns = (layout.area(showing: .console)?.body ?? layout.panes).columns
    return [.run(Run(number: lastRun, code: code, isInteractive: title == nil, columns: columns))]
  }

  /// True when the server takes code; otherwise the user is told why not.
  private var canRun: Bool {
    mutating get {
      switch server {
      case .connected(let details) where details.runsPython: return true
      case .connected:
        console.say("This server does not run Python. :tools lists what it has, :call calls it.", .warning)
      case .connecting: say("The server is not ready yet.", .warning)
      case .disconnected: console.say("There is no server any more; :restart starts one.", .errorText)
      case .replaying: console.say("This is a saved session; there is no server.", .warning)
      }
      return false
    }
  }

  /// True when neither a run nor a way back in time goes on; otherwise the user is told.
  var isIdle: Bool {
    mutating get {
      if run != nil { say("A run is going on; Ctrl-C cancels it.", .warning) }
      if let journey { say("It is \(journey.request.doing); wait for its end.", .warning) }
      return run == nil && journey == nil
    }
  }

  private mutating func finish(_ number: Int, _ outcome: RunOutcome) -> [AppAction] {
    for pane in [Pane.standardOutput, .standardError] { streams[pane]?.endLine() }
    let isTimed = run?.number == number && run?.isTimed == true
    console.finish(run: number, outcome, exactTiming: isTimed)
    if case .value(let value?) = outcome.ending { lastValue = value }
    guard let run, run.number == number else { return [] }
    sessions.ended(run: number, code: run.code, runs: outcome.runs)
    console.mark(sessions)
    endRun()
    if case .exit(let status, let message) = outcome.ending {
      return [.leave(status: status, message: message)]
    }
    return prompt.endQuestion() + runNext()
  }
}
