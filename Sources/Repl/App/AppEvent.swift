public import MCP
public import RunPythonTool
public import SystemSupport
public import TerminalText
public import Traffic

/// An event from outside of the application's model.
///
/// At each wake-up the loop first gives a ``tick(_:)`` with the time, then the other events. It answers every
/// ``AppAction/edit(_:)`` with an ``editor(_:)`` before it gives the next key.
public enum AppEvent: Sendable {
  case key(Key)
  /// The line editor's buffer after an ``AppAction/edit(_:)``.
  case editor(EditorState)
  case resized(Size)
  /// The time. While ``App/isAnimated`` about ten a second are wanted; otherwise one a minute will do.
  case tick(Date)

  /// A message on the wire, as raw bytes.
  case message(Direction, [UInt8], Date)
  /// The HTTP details of an exchange, for a request that was sent and has no answer yet.
  case http(RequestID, HTTPDetails)
  /// Output of code or a log message of the server. The text is a line without its newline, or the beginning
  /// of one.
  case log(LogStream, text: String, isPartial: Bool)
  /// An image that code shows; the preview is nil where there is none.
  case image(mimeType: String, bytes: [UInt8], preview: ImagePreview?)
  /// The way to show pictures that the terminal has, once it is known, and the size of its cells.
  case pictures(PictureMeans, cell: CellPixels)
  /// Bytes that the server's process wrote to its stderr, cut anywhere.
  case childStandardError(String)
  case server(ServerState)
  /// Resident memory of the interpreter or the server, in bytes.
  case memory(bytes: Int)

  /// The run with this number, from ``AppAction/run(_:)``, has ended.
  case runFinished(Int, RunOutcome)
  /// Python's `input()` waits for a line.
  case inputRequested(InputRequest)
  /// Nobody waits for the answer to that question any more.
  case inputWithdrawn(id: Int)
  /// The answer to ``AppAction/complete(_:)``.
  case completions(CompletionList)
  /// The result of a command, for the console. It is shown as text, whatever it holds.
  case answer(Answer)
  /// The answer to ``AppAction/session(_:)``.
  case sessionAnswered(SessionAnswer)
  /// The reason why the server refused ``AppAction/session(_:)``, as a sentence.
  case sessionRefused(String)
  /// The server went on from a file before it was ready.
  case resumed(SessionAnswer, to: SessionRequest)
  /// All variables are forgotten. A server that counts runs counts this one.
  case variablesReset(RunPlace?)
  /// The text of the file that ``AppAction/load(path:)`` named.
  case loaded(path: String, text: String)
  /// The text of ``AppAction/openEditor(_:)`` after the user has left the editor; nil when nothing is to be sent.
  case edited(String?)
}

/// The origin of a log message.
public enum LogStream: Sendable, Hashable {
  case standardOutput, standardError
  /// A value that the run displays beside its result.
  case value
  /// The server itself, with the logger's name.
  case other(String)
}

/// The state of the connection to the server.
public enum ServerState: Sendable, Hashable {
  /// The server is being started. The text says what is done, such as "installing pandas".
  case connecting(String)
  case connected(ServerDetails)
  case disconnected(reason: String)
  /// The server could not be started, since what it needs is not there. The reason is in sentences.
  case unprepared(reason: String)
  /// A saved trace is shown; there is no server.
  case replaying(file: String)
}

/// The facts about a server that the status line tells.
public struct ServerDetails: Sendable, Hashable {
  public var name: String
  public var version: String
  public var revision: String
  /// Python's version; nil for a server that does not run Python.
  public var pythonVersion: String?
  /// The packages that the user asked for, by name; nil for a server that is not our own.
  public var packages: [String]?
  /// The hosts that code may reach, in a word; nil where that is not known.
  public var network: String?
  /// True when the server has `run_python_code`; otherwise the prompt takes commands only.
  public var runsPython: Bool
  /// The reason why the server has no checkpoints, as a sentence; nil where it has them.
  public var checkpointObstacle: String?

  public init(
    name: String, version: String, revision: String, pythonVersion: String? = nil, packages: [String]? = nil,
    network: String? = nil, runsPython: Bool = true,
    checkpointObstacle: String? = "This server has no checkpoints."
  ) {
    self.checkpointObstacle = checkpointObstacle
    self.name = name
    self.version = version
    self.revision = revision
    self.pythonVersion = pythonVersion
    self.packages = packages
    self.network = network
    self.runsPython = runsPython
  }
}

/// The end of a run: its value, its error, or the exit of Python.
public struct RunOutcome: Sendable, Hashable {
  public enum Ending: Sendable, Hashable {
    /// The value's `repr`; nil for None.
    case value(String?)
    /// The traceback, or another account of the error.
    case failure(String)
    /// The code ended Python, as `sys.exit` does.
    case exit(status: UInt8, message: String?)
    case cancelled
  }

  public var ending: Ending
  /// A sentence about the interpreter, such as that it had to be replaced.
  public var notice: String?
  public var duration: Duration
  /// The session's place among its runs, where the server counts them.
  public var place: RunPlace?

  public init(_ ending: Ending, notice: String? = nil, duration: Duration, place: RunPlace? = nil) {
    self.place = place
    self.ending = ending
    self.notice = notice
    self.duration = duration
  }
}

extension RunOutcome.Ending {
  /// Reads the server's answer as the prompt shows it.
  public init(_ answer: RunAnswer) {
    switch answer.ending {
    case .success(let value): self = .value(value.map { $0.representation ?? $0.json.text })
    case .foreign(let text, isError: false): self = .value(text)
    case .foreign(let text, isError: true): self = .failure(text)
    case .installError(let reason): self = .failure("\(answer.status.rawValue): \(reason)")
    case .runError(let traceback):
      self =
        answer.exit.map { .exit(status: $0.status, message: $0.message) } ?? .failure(traceback)
    }
  }
}

/// A question of Python's `input()`.
public struct InputRequest: Sendable, Hashable {
  /// The number that comes back in ``AppAction/answerInput(id:_:)``.
  public var id: Int
  /// The text that Python gave to `input()`.
  public var prompt: String
  /// True when the answer must not be shown, neither while it is typed nor later.
  public var isHidden: Bool

  public init(id: Int, prompt: String, isHidden: Bool = false) {
    self.id = id
    self.prompt = prompt
    self.isHidden = isHidden
  }

  /// The text that the prompt shows in place of the typed answer.
  func shown(_ typed: String) -> String {
    isHidden ? String(repeating: "*", count: typed.count) : typed
  }
}

/// The text and the place to complete.
public struct CompletionRequest: Sendable, Hashable {
  public var text: String
  /// The cursor's place, in Unicode scalars from the start.
  public var cursor: Int

  public init(text: String, cursor: Int) {
    self.text = text
    self.cursor = cursor
  }
}

/// The candidates for the place at the cursor.
public struct CompletionList: Sendable, Hashable {
  public var request: CompletionRequest
  /// The part of the text that each item replaces, in Unicode scalars; it ends at the request's cursor.
  public var range: Range<Int>
  public var items: [String]

  public init(request: CompletionRequest, range: Range<Int>, items: [String]) {
    self.request = request
    self.range = range
    self.items = items
  }
}

/// The result of a command.
public struct Answer: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case notice, error
    /// Python source, which is shown coloured.
    case python
    /// JSON text, which is shown laid out and coloured.
    case json
  }

  public var kind: Kind
  public var text: String

  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
