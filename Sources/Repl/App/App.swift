public import RunPythonTool
public import SystemSupport
public import TerminalText
internal import Traffic

/// The full-screen REPL and inspector without its terminal: takes events, gives actions, computes what to draw.
public struct App: Sendable {
  let options: AppOptions
  var size: Size
  var now: Date

  var console = Transcript()
  var streams: [Pane: StreamText] = [
    .standardOutput: StreamText(role: .plain), .standardError: StreamText(role: .standardError),
    .server: StreamText(role: .plain),
  ]
  var views: [Pane: TextView] = [:]
  /// The line of the console that is selected while the console has the focus.
  var consoleCursor: Int?
  var traffic = TrafficList()
  var prompt = PromptState()

  var focus = Focus.prompt
  /// All panes; the one that was wanted last comes first.
  var recent = Pane.allCases
  var zoomed: Pane?
  var layoutMode: LayoutMode
  var layout: Layout

  /// The prompt, the panes, and what lies over them.
  var layers = LayerStack([PanesLayer(), PromptLayer()])
  var flash: Flash?

  var server = ServerState.connecting("")
  var serverStateStart: Date
  var runs = RunQueue()
  var sessions = Sessions()
  /// The session request that the server has been asked for.
  var pendingRequest: PendingRequest?
  var lastValue: String?
  var images = ImageGallery()
  /// The pictures of the images, by their numbers.
  var previews: [Int: ImagePreview] = [:]
  public internal(set) var means: PictureMeans
  /// The size of the terminal's cells, for pictures of pixels.
  var cell = CellPixels.usual
  /// The request of the latest ``AppAction/complete(_:)``; answers to other requests are dropped.
  var asked: CompletionRequest?
  var memory: Int?
  var tracePath: String?
  var sentCount = 0

  public init(size: Size, now: Date, options: AppOptions = AppOptions()) {
    self.options = options
    self.size = size
    self.now = now
    serverStateStart = now
    means = options.drawsPictures ? .cells : .none
    layoutMode = options.layout
    layout = Layout(size: size, mode: options.layout, recent: recent, filled: [])
    console.greet(options.greeting.lines)
    if let notice = options.notice { console.say(notice) }
  }

  /// True when what the server needs could not be made.
  public var isUnprepared: Bool { if case .unprepared = server { true } else { false } }

  /// True when something on the screen moves with time alone.
  public var isAnimated: Bool {
    if case .connecting = server { return true }
    return runs.current != nil || pendingRequest != nil || flash != nil
  }

  /// Takes an event in.
  ///
  /// - Returns: the actions to do, in order.
  public mutating func handle(_ event: AppEvent) -> [AppAction] {
    switch event {
    case .key(let key):
      defer { arrange() }
      return press(key)
    case .editor(let state):
      defer { arrange() }
      return take(state)
    case .resized(let size):
      self.size = size
      arrange()
      return []
    case .log(let stream, let text, let isPartial):
      // A line comes often, and a set of panes for each would take longer than the line.
      let filled = Pane.allCases.count(where: isFilled)
      takeLog(stream, text, isPartial: isPartial)
      if Pane.allCases.count(where: isFilled) != filled { arrange() }
      return []
    case .message(let direction, let bytes, let time):
      traffic.append(direction, bytes, at: time)
      return []
    case .http(let id, let details):
      traffic.attach(details, toRequest: id)
      return []
    case .tick, .image, .childStandardError, .server, .memory, .runFinished, .inputRequested, .inputWithdrawn,
      .completions, .answer, .sessionAnswered, .sessionRefused, .resumed, .variablesReset, .loaded, .edited,
      .pictures:
      defer { arrange() }
      return takeNews(event)
    }
  }

  /// Computes all places anew, and notes which lines are seen.
  mutating func arrange() {
    noteWhatIsSeen()
    layout = Layout(
      size: size, mode: layoutMode, recent: recent, filled: filledPanes, zoomed: zoomed,
      promptRows: prompt.text.rowCount(columns: size.columns, limit: Layout.largestPrompt),
      noteRows: layers[Tour.self] == nil ? 0 : Tour.rows)
    noteWhatIsSeen()
  }

  /// The panes that have something to show.
  var filledPanes: Set<Pane> { Set(Pane.allCases.filter(isFilled)) }

  private func isFilled(_ pane: Pane) -> Bool { pane == .traffic || (ring(of: pane)?.count ?? 0) > 0 }

  private mutating func noteWhatIsSeen() {
    guard arePanesSeen else { return }
    for area in layout.areas {
      views[area.shown, default: TextView()].seenEnd = lineEnd(of: area.shown)
    }
  }

  private func lineEnd(of pane: Pane) -> Int {
    pane == .traffic ? traffic.log.numbers.upperBound : ring(of: pane)?.numbers.upperBound ?? 0
  }

  /// True when a pane that is not on the screen has something new.
  func hasNews(_ pane: Pane) -> Bool {
    layout.area(showing: pane) == nil && lineEnd(of: pane) > views[pane]?.seenEnd ?? 0
  }

  func ring(of pane: Pane) -> RingText? {
    pane == .console ? console.ring : streams[pane]?.ring
  }

  /// Tells that a key means nothing where it was pressed.
  mutating func tellNothing(of key: Key) {
    guard case .character = key else { return }
    say("\"\(key.name)\" does nothing here; ? shows the keys.")
  }

  mutating func say(_ text: String, _ role: Style.Role = .notice, isOfRun: Bool = false) {
    flash = Flash(text: text, role: role, end: now.addingTimeInterval(Flash.seconds), isOfRun: isOfRun)
  }
}

extension App {
  /// The layers from top to bottom.
  var layersFromTop: [any Layer] { layers.fromTop(focus).map(\.layer) }

  /// The layer that is seen in the place of the panes: they themselves, or one that covers them.
  var seenInPanesPlace: (any Layer)? { layersFromTop.first(where: \.coversPanes) }

  /// True when no layer covers the panes.
  var arePanesSeen: Bool { seenInPanesPlace is PanesLayer }

  /// Closes all layers that cover the panes.
  mutating func uncoverPanes() {
    layers.close { $0.coversPanes && !($0 is PanesLayer) }
  }

  /// Gives an event to the layers from the top, until one takes it; nil when none does.
  mutating func offer(_ event: LayerEvent) -> [AppAction]? {
    for (id, layer) in layers.fromTop(focus) {
      var layer = layer
      let outcome = layer.handle(event, in: &self)
      layers.update(layer, id: id)
      if case .taken(let actions) = outcome { return actions }
    }
    return nil
  }

  /// Gives a key to the layers: as a command where the top layer's contexts know it, else as text.
  mutating func press(_ key: Key) -> [AppAction] {
    if case .mouse(let mouse, let position) = key { return offer(.mouse(mouse, position)) ?? [] }
    // A message has been read when the next key is pressed; one about the run lasts as long as that.
    if flash?.isOfRun == false { flash = nil }
    for context in contexts {
      if let command = CommandTable.command(for: key, in: context) { return perform(command.id) }
    }
    return offer(.text(key)) ?? []
  }

  /// Does a command: one that a key or the palette chose, or a typed one with its argument.
  mutating func perform(_ id: Command.ID, argument: String = "") -> [AppAction] {
    offer(.command(id)) ?? performAnywhere(id, argument)
  }

  /// The contexts in which a key is looked up now, in this order.
  var contexts: [KeyContext] { layersFromTop.first?.contexts(in: self) ?? [] }
}

/// The place where keys go.
enum Focus: Sendable, Hashable {
  case prompt
  case pane(Pane)
}

/// A short message above the prompt, for some seconds.
struct Flash: Sendable {
  static let seconds: TimeInterval = 4

  var text: String
  var role: Style.Role
  var end: Date
  /// True when the message is about the current run, and ends with it.
  var isOfRun = false
}

/// The choices with which the application begins.
public struct AppOptions: Sendable, Hashable {
  /// The arrangement of the panes.
  public var layout: LayoutMode
  /// True for a terminal that can show nothing but ASCII.
  public var isASCII: Bool
  /// The seconds to add to UTC for the times of messages.
  public var secondsFromGMT: Int
  /// The lines that the console shows until the first block.
  public var greeting: Greeting
  /// A sentence that the console shows after them, and keeps.
  public var notice: String?
  /// True when the terminal has the colours for pictures made of cells.
  public var drawsPictures: Bool
  /// The kind of the terminal, as code is told of it.
  public var terminal: TerminalKind?

  public init(
    layout: LayoutMode = .automatic, isASCII: Bool = false, secondsFromGMT: Int = 0, greeting: Greeting = "",
    notice: String? = nil,
    drawsPictures: Bool = false, terminal: TerminalKind? = nil
  ) {
    self.terminal = terminal
    self.layout = layout
    self.isASCII = isASCII
    self.secondsFromGMT = secondsFromGMT
    self.greeting = greeting
    self.notice = notice
    self.drawsPictures = drawsPictures
  }
}

extension App {
  /// Takes in events that do not come from the user.
  mutating func takeNews(_ event: AppEvent) -> [AppAction] {
    switch event {
    case .tick(let time):
      now = time
      if let end = flash?.end, time >= end { flash = nil }
    case .image(let mimeType, let bytes, let preview): show(mimeType, bytes, preview)
    case .pictures(let means, let cell): (self.means, self.cell) = (means, cell)
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
      let pieces = streams[pane]?.append(text + end, run: number, title: runs.current?.title)
      console.output(pieces ?? [], pane: pane)
    case .value: console.displayed(text)
    case .other(let logger):
      streams[.server]?.append(lines: "[\(logger)] \(text)\n")
    }
  }

  private mutating func takeServer(_ state: ServerState) -> [AppAction] {
    if state != server { serverStateStart = now }
    server = state
    switch state {
    case .connected(let details):
      sessions.obstacle = details.checkpointObstacle
      return runNext()
    case .connecting, .replaying: return runNext()
    case .disconnected(let reason):
      console.say("The server is gone: \(reason)\(sessions.obituary)", .errorText)
    case .unprepared(let reason): console.say("\(reason)\nWith :restart it is tried again.", .errorText)
    }
    forgetSessions()
    endRun()
    return giveUpWaiting()
  }
}
