import Repl
import SystemPackage
import SystemSupport
import Terminal
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

  /// The shortest time between two drawings of the screen.
  private static let frameTime = Duration.milliseconds(33)

  init(
    screen: FullScreen, target: ServerTarget?, history: History, options: AppOptions,
    memory: @escaping @Sendable () -> Int?
  ) throws {
    self.memory = memory
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
    await handle(.editor(await editor.clear()))
    let signals = Task {
      for await _ in await UnixSignalsSequence(trapping: .sigterm, .sighup) { mailbox.post(.terminate) }
    }
    let watching = Task { [link, memory] in await Self.watch(memory, mailbox, link) }
    if let link { Task { await link.start() } }
    await loop()
    mailbox.close()
    for task in [signals, watching] { task.cancel() }
    await stopListening()
    running?.cancel()
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
    case .resized: await handle(.resized(screen.resize()))
    case .suspended: screen.suspend()
    case .resumed:
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
      screen.draw(app.frame())
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
