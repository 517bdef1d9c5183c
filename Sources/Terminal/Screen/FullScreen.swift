import CTerminal
import Synchronization
public import SystemPackage
import SystemSupport
public import TerminalText

/// The whole terminal as a canvas for frames, drawn by ncurses.
///
/// While it is open, the terminal gives every byte at once, marks pastes and, if asked, reports the mouse. A
/// ``KeyInput`` reads all this. The terminal is put back however the process ends: by ``close()``, with the
/// last reference, at `exit`, at a signal or at a crash. Signals for which the program has handlers of its
/// own are left to it.
public final class FullScreen: Sendable {
  public struct Configuration: Sendable {
    /// True when the terminal shall report wheel and clicks; it then no longer selects text as usual.
    public var mouse = false
    /// True when colours may be used if there are any; false if `NO_COLOR` is set.
    public var colour = getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
    /// The looks of the roles.
    public var theme = Theme.dark
    /// The terminal's type, from `TERM`.
    public var type = TerminalDevice.type
    /// Stops the process; returns when it goes on.
    public var stopProcess: @Sendable () -> Void = { ct_suspend_job() }

    public init() {}
  }

  private struct State {
    var screen: OpaquePointer?
    var size: Size
    /// The rows on the screen.
    var rows: [[Span]?]
    var cursor: Position?
    /// True when nothing has been drawn since the screen was taken or its size changed.
    var isNew = true
    var pairs: ColourPairs
    var pen: Pen
  }

  /// The longest text for the clipboard, in bytes; terminals take no more.
  public static let clipboardLimit = 74_994

  /// The descriptor that keys come from.
  public let input: FileDescriptor
  /// The colours that the terminal has and may use.
  public let colours: ColourDepth
  private let output: FileDescriptor
  private let ownsDescriptors: Bool
  private let stopProcess: @Sendable () -> Void
  /// The lock guards the screen from all threads that draw: ncurses allows one at a time.
  private let state: Mutex<State>

  /// Takes the process's terminal, `/dev/tty`.
  ///
  /// - Throws: ``FullScreenError``; the terminal is then as it was.
  public convenience init(configuration: Configuration = Configuration()) throws(FullScreenError) {
    let terminal: FileDescriptor
    do {
      terminal = try FileDescriptor.open("/dev/tty", .readWrite, options: [.closeOnExec])
    } catch {
      throw FullScreenError(code: .notATerminal, type: configuration.type)
    }
    try self.init(input: terminal, output: terminal, configuration: configuration, ownsDescriptors: true)
  }

  /// Takes a terminal that is open; it must stay open.
  ///
  /// - Throws: ``FullScreenError``; the terminal is then as it was.
  public convenience init(
    input: FileDescriptor, output: FileDescriptor, configuration: Configuration = Configuration()
  ) throws(FullScreenError) {
    try self.init(input: input, output: output, configuration: configuration, ownsDescriptors: false)
  }

  private init(
    input: FileDescriptor, output: FileDescriptor, configuration: Configuration, ownsDescriptors: Bool
  ) throws(FullScreenError) {
    self.input = input
    self.output = output
    self.ownsDescriptors = ownsDescriptors
    stopProcess = configuration.stopProcess
    TerminalLocale.adopt()
    let opened: OpaquePointer
    do throws(FullScreenError) {
      opened = try Self.open(input, output, configuration)
    } catch {
      if ownsDescriptors { try? input.close() }
      throw error
    }
    let count = Int(ct_screen_colours(opened))
    colours = ColourDepth(count: count)
    let size = Self.size(of: output)
    ct_screen_resize(opened, Int32(size.rows), Int32(size.columns))
    nonisolated(unsafe) let screen = opened
    state = Mutex(
      State(
        screen: screen, size: size, rows: Array(repeating: nil, count: size.rows),
        pairs: ColourPairs(end: Int(ct_screen_pairs(opened))),
        pen: Pen(colours: count, theme: configuration.theme)))
  }

  deinit {
    close()
    if ownsDescriptors { try? input.close() }
  }

  public var size: Size { state.withLock { $0.size } }

  /// The size of a cell in pixels, as the kernel was told; nil when it was not.
  public var cellPixels: (width: Int, height: Int)? { TerminalDevice.cellPixels(of: output) }

  /// Shows a frame; parts beyond the screen's edges are cut off.
  public func draw(_ frame: Frame) {
    state.withLock { state in
      guard let screen = state.screen else { return }
      var isSame = !state.isNew && state.cursor == frame.cursor
      if state.pairs.isExhausted {
        // A program may have used many pairs that are not seen any more, so all are given out anew.
        state.pairs = ColourPairs(end: Int(ct_screen_pairs(screen)))
        state.rows = Array(repeating: nil, count: state.size.rows)
      }
      for row in 0..<state.size.rows {
        let spans = row < frame.rows.count ? frame.rows[row] : []
        if state.rows[row] == spans { continue }
        isSame = false
        state.rows[row] = spans
        let cells = CellRow(spans, columns: state.size.columns, pen: state.pen, pairs: &state.pairs).cells
        for (number, colours) in state.pairs.takeNew() {
          ct_screen_define(
            screen, Int32(number), Int32(colours.foreground ?? -1), Int32(colours.background ?? -1))
        }
        ct_screen_put(screen, Int32(row), cells, cells.count)
      }
      if isSame { return }
      state.isNew = false
      state.cursor = frame.cursor
      if let cursor = frame.cursor, cursor.row >= 0, cursor.row < state.size.rows, cursor.column >= 0 {
        ct_screen_show(screen, Int32(cursor.row), Int32(min(cursor.column, state.size.columns - 1)))
      } else {
        ct_screen_show(screen, -1, 0)
      }
    }
  }

  /// Takes the terminal's size. The next frame should have that size, and is drawn as a whole.
  ///
  /// - Returns: the new size.
  @discardableResult
  public func resize() -> Size {
    state.withLock { state in
      guard let screen = state.screen else { return state.size }
      state.size = Self.size(of: output)
      state.rows = Array(repeating: nil, count: state.size.rows)
      state.isNew = true
      ct_screen_resize(screen, Int32(state.size.rows), Int32(state.size.columns))
      return state.size
    }
  }

  /// Takes the terminal again and draws everything anew, whatever was done to it: for Ctrl-L and SIGCONT.
  public func redraw() {
    resize()
    enter()
  }

  /// Gives the terminal to another program until ``enter()``.
  public func leave() {
    state.withLock { state in
      if let screen = state.screen { ct_screen_leave(screen) }
    }
  }

  /// Takes the terminal after ``leave()`` and shows the last frame.
  public func enter() {
    state.withLock { state in
      if let screen = state.screen { ct_screen_enter(screen) }
    }
  }

  /// Gives the terminal back and stops the process, as Ctrl-Z does. Later the last frame is there again.
  public func suspend() {
    leave()
    stopProcess()
    resize()
    enter()
  }

  /// Puts the terminal back as it was. Nothing can be drawn after it.
  public func close() {
    state.withLock { state in
      if let screen = state.screen { ct_screen_close(screen) }
      state.screen = nil
    }
  }

  /// Draws with another theme from the next frame on.
  public func use(_ theme: Theme) {
    state.withLock { state in
      guard let screen = state.screen else { return }
      state.pen = Pen(colours: Int(ct_screen_colours(screen)), theme: theme)
      state.rows = Array(repeating: nil, count: state.size.rows)
      state.isNew = true
    }
  }

  /// Asks the terminal for the colour of its background (OSC 11). An answer comes as a ``KeyInput/Event``, among the
  /// keys, so that nobody waits for it. A terminal that does not know the question says nothing.
  public func askForBackground() {
    let question = "\u{1b}]11;?\u{1b}\\"
    state.withLock { state in
      guard let screen = state.screen, ct_screen_is_xterm(screen), ct_screen_colours(screen) >= 256 else {
        return
      }
      ct_screen_send(screen, question, question.utf8.count)
    }
  }

  /// Puts text on the clipboard of the user's desktop, through the terminal (OSC 52), if that allows it.
  ///
  /// - Returns: `false` if the text is too long for that; see ``clipboardLimit``.
  @discardableResult
  public func copyToClipboard(_ text: String) -> Bool {
    guard text.utf8.count <= Self.clipboardLimit else { return false }
    let sequence = "\u{1b}]52;c;\(Data(text.utf8).base64EncodedString())\u{07}"
    state.withLock { state in
      if let screen = state.screen { ct_screen_send(screen, sequence, sequence.utf8.count) }
    }
    return true
  }

  /// Asks the terminal what it is. The answers come among the keys, so that none is lost and nobody waits.
  public func ask() { send(TerminalAnswer.questions) }

  /// Sends a sequence to the terminal between two frames.
  public func send(_ sequence: String) {
    state.withLock { state in
      if let screen = state.screen { ct_screen_send(screen, sequence, sequence.utf8.count) }
    }
  }

  /// Sends a sequence that draws at a place; the cursor stays where it is.
  public func send(_ sequence: String, at place: Position) {
    send("\u{1b}7\u{1b}[\(place.row + 1);\(place.column + 1)H\(sequence)\u{1b}8")
  }

  private static func open(
    _ input: FileDescriptor, _ output: FileDescriptor, _ configuration: Configuration
  ) throws(FullScreenError) -> OpaquePointer {
    guard TerminalDevice.isTerminal(input), TerminalDevice.isTerminal(output) else {
      throw FullScreenError(code: .notATerminal, type: configuration.type)
    }
    guard let type = configuration.type, !type.isEmpty else { throw FullScreenError(code: .tooSimple) }
    var trouble = ct_screen_trouble.none
    let screen = ct_screen_open(
      input.rawValue, output.rawValue, type, configuration.colour, configuration.mouse, &trouble)
    if let screen { return screen }
    let code: FullScreenError.Code =
      switch trouble {
      case .unknown: .unknownType
      case .simple: .tooSimple
      case .none, .failed: .unavailable
      }
    throw FullScreenError(code: code, type: type)
  }

  private static func size(of terminal: FileDescriptor) -> Size {
    guard let size = TerminalDevice.size(of: terminal), size.rows > 0 else {
      return Size(columns: 80, rows: 24)
    }
    return Size(columns: size.columns, rows: size.rows)
  }
}

/// The reason why there can be no full screen; the plain prompt works in these cases.
public struct FullScreenError: Error, Sendable, Equatable, CustomStringConvertible {
  public struct Code: Sendable, Hashable {
    private let name: String

    /// There is no terminal: the input or the output is a file or a pipe, or the process has none.
    public static let notATerminal = Code(name: "notATerminal")
    /// `TERM` names a terminal that cannot move its cursor, such as `dumb`, or is not set.
    public static let tooSimple = Code(name: "tooSimple")
    /// `TERM` names a terminal that is not described on this machine.
    public static let unknownType = Code(name: "unknownType")
    public static let unavailable = Code(name: "unavailable")
  }

  public var code: Code
  /// The value of `TERM`.
  public var type: String?

  public init(code: Code, type: String? = nil) {
    self.code = code
    self.type = type
  }

  public var description: String {
    switch code {
    case .notATerminal: "The full screen needs a terminal for input and output."
    case .tooSimple:
      if let type {
        "The terminal type \"\(type)\" cannot show a full screen; set TERM to what the terminal is."
      } else {
        "TERM is not set, so nothing is known of the terminal; set it to what the terminal is."
      }
    case .unknownType:
      "The terminal type \"\(type ?? "")\" (TERM) is not known on this machine; "
        + "install its terminfo entry or set TERM=xterm-256color."
    default: "The full screen could not be started."
    }
  }
}
