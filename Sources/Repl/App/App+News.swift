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
    case .variablesReset(let place): return takeReset(place)
    case .loaded(let path, let text): return start(text, shownAs: ":run \(path)")
    case .edited(let text):
      if let text { return send(text) }
      say("Nothing was changed, so nothing is sent.")
    case .key, .editor, .resized, .log, .message, .http: break
    }
    return []
  }

  mutating func takeLog(_ stream: LogStream, _ text: String, isPartial: Bool) {
    let number = runs.current?.number ?? (runs.lastNumber > 0 ? runs.lastNumber : nil)
    let end = isPartial ? "" : "\n"
    switch stream {
    case .standardOutput, .standardError:
      let pane: Pane = stream == .standardOutput ? .standardOutput : .standardError
      streams[pane]?.append(text + end, run: number, title: runs.current?.title)
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
}
