import MCP
import Repl
import RunPythonTool
import SystemPackage
import SystemSupport

/// The connection of the full screen to its server: starts and restarts it, and posts its messages. The actor
/// guards the connection from the tasks of the screen's loop.
actor ServerLink {
  private let target: ServerTarget
  /// True when the server is a child of this process.
  nonisolated var startsProcess: Bool {
    if case .process = target.place { true } else { false }
  }

  private let mailbox: EventMailbox
  private let questions: Questions
  nonisolated let trace = TraceSlot()
  /// The transport of the server that was started last, even before it has answered.
  private var transport: (any Transport)?
  private var connection: ServerConnection?
  /// The number of the server that was started last. News of an older server's end is dropped.
  private var generation = 0
  /// The work before the server is started.
  private var preparing: Task<Void, any Error>?
  /// True when the checkpoint file has been read.
  private var hasResumed = false

  init(target: ServerTarget, mailbox: EventMailbox, questions: Questions) {
    self.target = target
    self.mailbox = mailbox
    self.questions = questions
  }

  /// Makes ready what the server needs, starts it, and agrees on a revision.
  func start() async {
    generation += 1
    let generation = generation
    mailbox.post(.server(.connecting(target.doing)))
    do {
      try await prepare()
    } catch {
      if generation == self.generation { mailbox.post(.server(.unprepared(reason: "\(error)"))) }
      return
    }
    guard generation == self.generation else { return }
    mailbox.post(.server(.connecting(target.doing)))
    let line = ServerLine(
      to: target, trace: trace, ServerListener(postingTo: mailbox, asking: questions))
    transport = line.transport
    do {
      let connection = try await line.connect()
      self.connection = connection
      let tools = try await connection.client.tools()
      await resume(connection)
      mailbox.post(.server(.connected(details(of: connection.client, tools))))
      Task {
        let ending = await line.ending()
        self.ended(generation, ending)
      }
    } catch {
      mailbox.post(.server(.disconnected(reason: "\(error)")))
      await line.transport.close()
    }
  }

  private func prepare() async throws {
    guard let preparation = target.preparation else { return }
    let task = Task { [mailbox] in try await preparation { mailbox.post(.server(.connecting($0))) } }
    preparing = task
    try await task.value
  }

  private func resume(_ connection: ServerConnection) async {
    guard let request = target.resumption, case .resume(let file, _) = request, !hasResumed else { return }
    hasResumed = true
    mailbox.post(.server(.connecting("resuming \(file)")))
    do {
      if let answer = try await connection.resume() { mailbox.post(.resumed(answer, to: request)) }
    } catch {
      mailbox.post(.answer(Answer(.error, "\(error) The session begins anew.")))
    }
  }

  func restart() async {
    await close()
    await start()
  }

  func close() async {
    generation += 1
    preparing?.cancel()
    _ = await preparing?.result
    await connection?.client.close()
    await transport?.close()
    connection = nil
    transport = nil
  }

  /// Runs code; cancelling the task interrupts it.
  ///
  /// - Parameter fork: the fork to run it in, here and below; nil for the first session.
  func run(_ run: Run, in fork: String?) async -> RunOutcome {
    let start = ContinuousClock.now
    func outcome(_ ending: RunOutcome.Ending, _ answer: RunAnswer? = nil) -> RunOutcome {
      RunOutcome(
        ending, notice: answer?.notice, duration: ContinuousClock.now - start, place: answer?.place)
    }
    do {
      let answer = try await connected().run(run, in: fork)
      let ending = RunOutcome.Ending(answer)
      guard !run.isInteractive, case .exit(let status, let message) = ending else {
        return outcome(ending, answer)
      }
      return outcome(
        status == 0 ? .value(nil) : .failure("SystemExit: \(message ?? String(status))"), answer)
    } catch is CancellationError {
      return outcome(.cancelled, await endOfCancelledRun(in: fork))
    } catch {
      return outcome(.failure("\(error)"))
    }
  }

  /// Waits for the end of a cancelled run. The cancelled call gets no answer, but the next call does: when
  /// the run has ended and all its output has been sent.
  ///
  /// - Returns: the next call's answer, which says what became of the interpreter.
  private func endOfCancelledRun(in fork: String?) async -> RunAnswer? {
    guard target.isOwn else { return nil }
    let next = Task { try await call("None", in: fork, isAside: true) }
    return try? await next.value
  }

  /// Runs one of the REPL's own snippets without log messages; gives its output.
  func output(of code: String, in fork: String?) async throws -> String {
    try await answer(to: code, in: fork, isAside: true).output.joined(separator: "\n")
  }

  /// Forgets all variables; gives the session's place after that.
  func resetVariables(in fork: String?) async throws -> RunPlace? {
    try await answer(to: PythonSnippets.resetVariables, in: fork, isAside: false).place
  }

  private func answer(to code: String, in fork: String?, isAside: Bool) async throws -> RunAnswer {
    let answer = try await call(code, in: fork, isAside: isAside)
    if case .failure(let text) = RunOutcome.Ending(answer) { throw CommandFailure(text) }
    return answer
  }

  func connectedClient() throws -> Client { try connected().client }

  func connectedCalls() throws -> PythonCalls { try connected().calls }

  private func connected() throws -> ServerConnection {
    guard let connection else { throw CommandFailure("There is no server. :restart starts it again.") }
    return connection
  }

  /// Sends a text as one message, unchecked.
  func send(_ text: String) async throws {
    guard let transport else { throw CommandFailure("There is no server.") }
    try await transport.send(Array(text.utf8.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }))
  }

  func post(_ image: ShownImage) { mailbox.post(image.event) }

  private func call(_ code: String, in fork: String?, isAside: Bool) async throws -> RunAnswer {
    try await connectedCalls().run(
      code, in: fork, RunOptions(isAside: isAside, isUndoable: !isAside), logLevel: .emergency)
  }

  private func ended(_ generation: Int, _ ending: String?) {
    guard generation == self.generation else { return }
    connection = nil
    mailbox.post(.server(.disconnected(reason: "The server \(ending ?? "ended").")))
  }

  private func details(of client: Client, _ tools: [Tool]) -> ServerDetails {
    ServerDetails(
      name: client.serverInfo?.name ?? target.place.name, version: client.serverInfo?.version ?? "?",
      revision: client.revision.rawValue, pythonVersion: target.isOwn ? target.ownPython : nil,
      packages: target.isOwn ? target.packages : nil, network: target.network,
      runsPython: tools.contains { $0.name == ToolName.run.rawValue },
      checkpointObstacle: target.checkpointObstacle(tools))
  }
}

extension ServerTarget {
  /// The work of connecting in words, for the status line.
  fileprivate var doing: String {
    switch place {
    case .process(let command, _): "starting \(isOwn ? "Python" : command)"
    case .http: "connecting to \(place.name)"
    }
  }
}

extension ServerLink {
  /// Does the part of an action that needs the server; the event is for the model.
  ///
  /// - Parameter fork: the fork that it is about; nil for the first session.
  func event(for action: AppAction, in fork: String?) async throws -> AppEvent? {
    switch action {
    case .complete(let request): return .completions(try await completions(for: request, in: fork))
    case .inspect(let name, let withSource):
      return .answer(
        Answer(.notice, try await output(of: PythonSnippets.inspect(name, withSource: withSource), in: fork)))
    case .showVariables:
      return .answer(Answer(.notice, try await output(of: PythonSnippets.showVariables, in: fork)))
    case .showDependencies:
      return .answer(Answer(.notice, try await output(of: PythonSnippets.showDependencies, in: fork)))
    case .resetVariables:
      return .variablesReset(try await resetVariables(in: fork))
    case .listTools:
      let client = try connectedClient()
      let tools = try await client.tools().map { $0.json(for: client.revision) }
      return .answer(Answer(.json, JSON.array(tools).text))
    case .ping:
      let start = ContinuousClock.now
      try await connectedClient().ping()
      let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
      return .answer(Answer(.notice, "The server answered after \((milliseconds * 10).rounded() / 10) ms."))
    case .callTool(let name, let arguments):
      let client = try connectedClient()
      let result = try await client.callTool(name, arguments: arguments)
      for image in result.content.compactMap({ ShownImage($0) }) { post(image) }
      return .answer(Answer(.json, result.json(for: client.revision).text))
    case .send(let text):
      try await send(text)
      return nil
    case .edit, .run, .cancelRun, .restartInterpreter, .answerInput, .showHistory, .session, .load, .save,
      .image, .trace, .copy, .openEditor, .redraw, .suspend, .quit, .leave:
      return nil
    }
  }

  /// Completes a line's beginning on the server. The list says which part of the buffer its items replace.
  private func completions(for request: CompletionRequest, in fork: String?) async throws -> CompletionList {
    let before = String(String.UnicodeScalarView(request.text.unicodeScalars.prefix(request.cursor)))
    let lineStart = before.lastIndex(of: "\n").map(before.index(after:)) ?? before.startIndex
    let line = String(before[lineStart...])
    let start = request.cursor - line.unicodeScalars.count
    let items = try await connectedCalls().complete(line, in: fork)
    // Items are whole beginnings of the line; their common part before the word stays.
    let word = line.unicodeScalars.reversed().prefix { $0 == "_" || $0.properties.isXIDContinue }.count
    let kept = line.unicodeScalars.count - word
    return CompletionList(
      request: request, range: (start + kept)..<request.cursor,
      items: items.map { String(String.UnicodeScalarView($0.unicodeScalars.dropFirst(kept))) })
  }
}
