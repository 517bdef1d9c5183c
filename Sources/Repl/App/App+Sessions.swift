internal import RunPythonTool
internal import SystemSupport
internal import TerminalText

/// A session request that the server has not answered yet.
struct PendingRequest: Sendable {
  var request: SessionRequest
  var start: Date
}

extension App {
  /// Does a command of the prompt about sessions and their states.
  mutating func doSessionCommand(_ line: CommandLine) -> [AppAction] {
    do {
      guard let command = try SessionCommand(line), isServerThere else { return [] }
      let former = sessions
      let step = try sessions.step(for: command, at: now)
      if case .tell(let text) = step {
        console.say(text)
        return []
      }
      guard isIdle else {
        sessions = former
        return []
      }
      return begin(step)
    } catch {
      return refuse(error.message)
    }
  }

  private mutating func begin(_ step: Sessions.Step) -> [AppAction] {
    switch step {
    case .tell: return []
    case .turn(let text):
      console.say(text)
      console.mark(sessions)
      return []
    case .ask(let request):
      pendingRequest = PendingRequest(request: request, start: now)
      return [.session(request)]
    }
  }

  mutating func takeAnswer(_ answer: SessionAnswer) -> [AppAction] {
    // After a restart nobody waits for the answer any more.
    guard let request = pendingRequest?.request else { return [] }
    pendingRequest = nil
    return takeResumption(answer, to: request)
  }

  mutating func takeRefusal(_ sentence: String) -> [AppAction] {
    guard pendingRequest != nil else { return [] }
    pendingRequest = nil
    console.say(sentence, .errorText)
    return goOnInSession()
  }

  mutating func takeResumption(_ answer: SessionAnswer, to request: SessionRequest) -> [AppAction] {
    console.say(sessions.take(answer, to: request, at: now))
    return goOnInSession()
  }

  mutating func takeReset(_ place: RunPlace?) -> [AppAction] {
    sessions.ended(run: runs.nextNumber(), code: ":reset", place: place)
    console.say("All variables are forgotten.")
    return goOnInSession()
  }

  private mutating func goOnInSession() -> [AppAction] {
    console.mark(sessions)
    return runNext()
  }

  /// The name in calls of the session that the prompt is in; nil for the first one.
  public var session: String? { sessions.handle }

  /// Forgets all sessions: the server is gone, and with it all that it had in memory.
  mutating func forgetSessions() {
    sessions = Sessions(obstacle: sessions.obstacle)
    pendingRequest = nil
    console.endMarking()
  }
}
