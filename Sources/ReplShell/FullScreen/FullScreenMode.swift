import Repl
import RunPythonTool
import SystemPackage
import SystemSupport
import Terminal
import TerminalText
import Traffic

/// Opens the full screen where the terminal can show it.
struct FullScreenMode {
  private let mouse: Bool
  private let theme: ThemeChoice
  private let graphics: Graphics?
  private let memory: @Sendable () -> Int?
  private var screen: FullScreen?

  /// - Parameters:
  ///   - theme: the user's wish for the looks.
  ///   - graphics: the user's wish; nil finds out what the terminal can.
  ///   - memory: tells the resident memory of a server that is a child, in bytes.
  init(mouse: Bool, theme: ThemeChoice, graphics: Graphics?, memory: @escaping @Sendable () -> Int?) {
    self.mouse = mouse
    self.theme = theme
    self.graphics = graphics
    self.memory = memory
  }

  /// True when stdin and stdout are a terminal, so that the user expects a screen.
  static var isPossible: Bool {
    [FileDescriptor.standardInput, .standardOutput].allSatisfy {
      TerminalTraits(of: $0, environment: [:]).isTerminal
    }
  }

  /// Takes the terminal; nil, after a word to the user, when it is too simple for a screen.
  func opened() -> FullScreenMode? {
    do {
      return try opening()
    } catch {
      StandardError.print("\(error) The plain prompt is used.")
      return nil
    }
  }

  private func opening() throws(FullScreenError) -> FullScreenMode {
    var configuration = FullScreen.Configuration()
    configuration.mouse = mouse
    configuration.theme = theme.theme(colourFGBG: ProcessInfo.processInfo.environment["COLORFGBG"])
    var mode = self
    let screen = try FullScreen(configuration: configuration)
    if theme == .automatic { screen.askForBackground() }
    mode.screen = screen
    return mode
  }

  @MainActor
  func run(_ target: ServerTarget, traceTo path: FilePath?) async throws -> ReplStatus {
    guard let screen else { return .failure }
    do {
      let history = History(path: historyPath())
      let repl = try FullScreenRepl(
        screen: screen, target: target, history: history,
        options: options(
          screen, greeting: target.greeting(version: Product.version), notice: history.notice),
        graphics: graphics, memory: memory)
      if let path { repl.link?.trace.set(try TraceFile(path: path)) }
      await repl.run()
      if let parting = repl.parting { StandardError.print(VisibleText.printable(parting)) }
      return repl.status
    } catch {
      screen.close()
      throw error
    }
  }

  /// Shows a saved trace without a server.
  @MainActor
  func replay(_ path: FilePath) async throws -> ReplStatus {
    let trace = Replay(file: try WholeFile.bytes(of: path.string))
    let damaged = trace.badLines.count
    guard !trace.steps.isEmpty || damaged == 0 else {
      throw CommandFailure("The file \(path) is not a trace.")
    }
    let screen: FullScreen
    do {
      guard let opened = try opening().screen else { return .failure }
      screen = opened
    } catch {
      throw CommandFailure("\(error) A trace can be shown on a full screen only.")
    }
    let notice = damaged == 0 ? nil : "\(damaged) lines of the file are no messages and are left out."
    let repl = try FullScreenRepl(
      screen: screen, target: nil, history: History(path: historyPath()),
      options: options(screen, greeting: "", notice: notice), memory: memory)
    repl.mailbox.post(.server(.replaying(file: path.lastComponent?.string ?? path.string)))
    for record in trace.steps.map(\.record) {
      repl.mailbox.post(.message(record.direction, Array(record.text.utf8), record.time))
    }
    await repl.run()
    return .success
  }

  private func options(_ screen: FullScreen, greeting: Greeting, notice: String?) -> AppOptions {
    let traits = TerminalTraits(of: .standardOutput, environment: ProcessInfo.processInfo.environment)
    return AppOptions(
      isASCII: !traits.unicode, secondsFromGMT: TimeZone.current.secondsFromGMT(), greeting: greeting,
      notice: notice,
      drawsPictures: screen.colours == .palette && traits.unicode && graphics != Graphics.none,
      terminal: TerminalKind(screen.colours))
  }
}
