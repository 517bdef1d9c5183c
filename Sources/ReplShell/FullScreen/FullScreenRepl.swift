import MCP
import Repl
import RunPythonTool
import SystemPackage
import SystemSupport
import Terminal
import TerminalText
import UnixSignals

/// The full screen: gives events to the model, does the model's actions, and draws its frames. It lives on
/// the main thread, where no flood of messages can starve it.
@MainActor
final class FullScreenRepl {
  let screen: FullScreen
  let mailbox: EventMailbox
  let questions: Questions
  let link: ServerLink?
  let editor: EditorEngine
  let history: History
  var app: App
  /// The work of the latest run, to cancel it. The model alone knows if a run goes on.
  var running: Task<Void, Never>?
  var isLeaving = false
  /// The process's status at the end, and the message for stderr.
  var status = ReplStatus.success
  var parting: String?
  private let memory: @Sendable () -> Int?
  private var input: KeyInput
  private var listening: Task<Void, Never>?
  private var lastDrawing = ContinuousClock.now - .seconds(1)
  private var needsDrawing = true
  var pictures = ScreenPictures()
  let graphics: Graphics?
  /// The terminal's answers so far.
  var identity: TerminalIdentity?

  /// The shortest time between two drawings of the screen.
  private static let frameTime = Duration.milliseconds(33)

  init(
    screen: FullScreen, target: ServerTarget?, history: History, options: AppOptions,
    graphics: Graphics? = nil, memory: @escaping @Sendable () -> Int?
  ) throws {
    self.memory = memory
    self.graphics = graphics
    self.screen = screen
    self.history = history
    mailbox = EventMailbox()
    questions = Questions(mailbox: mailbox)
    link = target.map { [mailbox, questions] in ServerLink(target: $0, mailbox: mailbox, questions: questions)
    }
    var configuration = EditorEngine.Configuration()
    configuration.history = history
    editor = try EditorEngine(configuration: configuration)
    app = App(size: screen.size, now: Date(), options: options)
    input = try KeyInput(terminal: screen.input)
  }

  /// Runs until the user leaves or a signal ends it.
  func run() async {
    let mailbox = mailbox
    listen()
    await beginPictures()
    await handle(.editor(await editor.perform(.clear)))
    let signals = Task {
      for await _ in await UnixSignalsSequence(trapping: .sigterm, .sighup) { mailbox.post(.terminate) }
    }
    let watching = Task { [link, memory] in await Self.watch(memory, mailbox, link) }
    if let link { Task { await link.start() } }
    await loop()
    if app.isUnprepared { status = .failure }
    mailbox.close()
    for task in [signals, watching] { task.cancel() }
    await stopListening()
    running?.cancel()
    pictures.removeAll(screen)
    screen.close()
    await link?.close()
  }

  private func listen() {
    listening = Task { [mailbox, input] in
      for await event in input.events { mailbox.post(.terminal(event)) }
      if !Task.isCancelled { mailbox.post(.terminate) }  // the terminal is gone
    }
  }

  private func stopListening() async {
    listening?.cancel()
    await input.stop()
  }

  private func loop() async {
    while !isLeaving {
      draw()
      let (keys, events) = await mailbox.next(200)
      await handle(.tick(Date()))
      for key in keys where !isLeaving { await handle(key) }
      for event in events where !isLeaving {
        switch event {
        case .app(let event): await handle(event)
        case .terminal(let key): await handle(key)
        case .terminate: isLeaving = true
        }
      }
      needsDrawing = true
    }
  }

  private func handle(_ event: KeyInput.Event) async {
    switch event {
    case .key(let key): await handle(AppEvent.key(key))
    case .answer(let answer): await take(answer)
    case .resized:
      pictures.forgetOverlay()
      await handle(.resized(screen.resize()))
      await measureCells()
    case .suspended: suspend()
    case .resumed:
      pictures.forget()
      screen.redraw()
      await handle(.resized(screen.size))
    }
  }

  /// Gives the model an event, and does its actions in order.
  func handle(_ event: AppEvent) async {
    for action in app.handle(event) { await perform(action) }
  }

  /// Draws now, or arranges that the screen is drawn when a frame's time is over.
  private func draw() {
    guard needsDrawing || app.isAnimated else { return }
    let now = ContinuousClock.now
    let due = lastDrawing + Self.frameTime
    if now >= due {
      pictures.prepare(app.placeholders, screen)
      screen.draw(app.frame())
      pictures.lay(app.laidPicture, screen)
      lastDrawing = now
      needsDrawing = false
    }
    let next: Duration? = needsDrawing ? due - now : app.isAnimated ? .milliseconds(100) : nil
    if let next { wakeUp(after: next) }
  }

  private func wakeUp(after time: Duration) {
    Task { [mailbox] in
      try? await Task.sleep(for: time)
      mailbox.wake()
    }
  }

  /// Opens the editor of the user's choice in place of the screen.
  func editExternally(_ text: String) async -> String? {
    await stopListening()
    screen.leave()
    let changed = await ExternalEditor.edit(text)
    pictures.forget()
    screen.redraw()
    await handle(.resized(screen.size))
    do {
      input = try KeyInput(terminal: screen.input)
      listen()
    } catch {
      mailbox.post(.terminate)
    }
    return changed
  }

  private static func watch(
    _ memory: @Sendable () -> Int?, _ mailbox: EventMailbox, _ link: ServerLink?
  ) async {
    guard let link, link.startsProcess else { return }
    repeat {
      if let bytes = memory(), bytes > 0 { mailbox.post(.memory(bytes: bytes)) }
    } while (try? await Task.sleep(for: .seconds(2))) != nil
  }
}

extension FullScreenRepl {
  private func suspend() {
    screen.suspend()
    pictures.forget()
  }

  func perform(_ action: AppAction) async {
    switch action {
    case .edit(let command): await handle(.editor(await edit(command)))
    case .run(let run): start(run)
    case .cancelRun: running?.cancel()
    case .restartInterpreter: restart()
    case .answerInput(let id, let text): questions.answer(id, text)
    case .copy(let text):
      if !screen.copyToClipboard(text) {
        await handle(.answer(Answer(.error, "That is too long for the clipboard.")))
      }
    case .openEditor(let text): await handle(.edited(await editExternally(text)))
    case .redraw:
      pictures.forget()
      screen.redraw()
    case .suspend: suspend()
    case .quit: isLeaving = true
    case .leave(let status, let message):
      (self.status, parting) = (.exit(status), message)
      isLeaving = true
    case .load(let path): await load(path)
    case .save(let path, let text): await save(path, text)
    case .image(let command): perform(command)
    case .trace(let path): await trace(path)
    case .session(let request): ask(request)
    case .showHistory(let text): await showHistory(text)
    case .resetVariables, .complete, .inspect, .showVariables, .showDependencies, .listTools, .ping,
      .callTool,
      .send:
      ask(action)
    }
  }

  private func edit(_ command: EditorCommand) async -> EditorState {
    let state = await editor.perform(command)
    if let block = state.accepted { await remember(block) }
    return state
  }

  private func remember(_ block: String) async {
    do {
      try history.append(block)
    } catch {
      await handle(.answer(Answer(.error, "\(error)")))
    }
  }

  private func start(_ run: Run) {
    let before = running
    running = Task { [link, mailbox, session = app.session] in
      await before?.value
      let outcome =
        await link?.run(run, in: session)
        ?? RunOutcome(.failure("There is no server."), duration: .zero)
      mailbox.post(.runFinished(run.number, outcome))
    }
  }

  private func restart() {
    running?.cancel()
    Task { [link] in await link?.restart() }
  }

  /// Asks the server beside the loop; the answer goes to the console.
  private func ask(_ action: AppAction) {
    Task { [link, mailbox, session = app.session] in
      guard let link else { return mailbox.post(.answer(Answer(.error, "There is no server."))) }
      do {
        if let event = try await link.event(for: action, in: session) { mailbox.post(event) }
      } catch {
        mailbox.post(.answer(Answer(.error, (error as? RPCError)?.message ?? "\(error)")))
      }
    }
  }

  private func ask(_ request: SessionRequest) {
    Task { [link, mailbox, session = app.session] in
      do {
        guard let calls = try await link?.connectedCalls() else { return }
        mailbox.post(.sessionAnswered(try await calls.ask(request, in: session)))
      } catch {
        mailbox.post(.sessionRefused("\(error)"))
      }
    }
  }

  private func load(_ path: String) async {
    do {
      let text = try PythonSource.text(of: try WholeFile.bytes(of: expandingHome(path)))
      await handle(.loaded(path: path, text: text))
    } catch let error as PythonSource.Failure {
      await handle(.answer(Answer(.error, "\(path): \(error)")))
    } catch {
      await handle(.answer(Answer(.error, "\(error)")))
    }
  }

  private func save(_ path: String, _ text: String) async {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: expandingHome(path)), options: .atomic)
      await handle(.answer(Answer(.notice, "Saved to \(path).")))
    } catch {
      await handle(.answer(Answer(.error, "The file \(path) cannot be written.")))
    }
  }

  /// Saves or opens an image beside the loop, because a viewer takes its time.
  private func perform(_ command: ImageCommand) {
    Task { [mailbox] in
      do {
        mailbox.post(.answer(Answer(.notice, try await ImageFiles.perform(command))))
      } catch {
        mailbox.post(.answer(Answer(.error, "\(error)")))
      }
    }
  }

  private func trace(_ path: String?) async {
    guard let link else { return }
    do {
      link.trace.set(try path.map { try TraceFile(path: FilePath(expandingHome($0))) })
      await handle(
        .answer(Answer(.notice, path.map { "Every message goes to \($0)." } ?? "No trace is written.")))
    } catch {
      await handle(.answer(Answer(.error, "\(error)")))
    }
  }

  private func showHistory(_ text: String) async {
    // The command itself is left out.
    let blocks = history.entries.filter { !$0.hasPrefix(":history") && (text.isEmpty || $0.contains(text)) }
      .suffix(100)
    let answer =
      blocks.isEmpty
      ? Answer(.notice, "No block holds that.") : Answer(.python, blocks.joined(separator: "\n"))
    await handle(.answer(answer))
  }
}
