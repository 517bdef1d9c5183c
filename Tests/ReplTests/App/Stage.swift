import Foundation
import MCP
import RunPythonTool
import TerminalText

@testable import Repl

/// The application with a simple line editor and nothing behind it: keys in, frames and actions out.
struct Stage {
  static let start = Date(timeIntervalSince1970: 1_790_000_000)

  private(set) var app: App
  private(set) var time = Stage.start
  /// The actions beside the editor's commands, in order.
  private(set) var actions: [AppAction] = []
  /// All keys that went on to the editor.
  private(set) var pressed: [Key] = []
  private var editor = EditorState()

  init(
    _ columns: Int = 80, _ rows: Int = 24, connected: Bool = true, hasCheckpoints: Bool = false,
    options: AppOptions = AppOptions()
  ) {
    app = App(size: Size(columns: columns, rows: rows), now: Stage.start, options: options)
    if connected { connect(hasCheckpoints: hasCheckpoints) }
  }

  var text: [String] { app.frame().text }
  var screen: String { text.joined(separator: "\n") }
  var buffer: String { app.prompt.editor.text }

  mutating func send(_ event: AppEvent) { perform(app.handle(event)) }

  mutating func connect(hasCheckpoints: Bool = false) {
    var details = ServerDetails(
      name: "mcp-run-python", version: "0.1.0", revision: "2025-11-25", pythonVersion: "3.14.2")
    if hasCheckpoints { details.checkpointObstacle = nil }
    send(.server(.connected(details)))
  }

  mutating func pass(seconds: Double) {
    time += seconds
    send(.tick(time))
  }

  mutating func press(_ keys: Key...) {
    for key in keys { send(.key(key)) }
  }

  mutating func type(_ text: String) {
    for character in text { send(.key(character == "\n" ? .named(.enter) : .character(character))) }
  }

  /// Types a block, runs it and ends it.
  ///
  /// - Parameter counted: The number of runs that the server tells.
  mutating func run(
    _ code: String, _ ending: RunOutcome.Ending = .value(nil), milliseconds: Int = 12, counted: Int? = nil
  ) {
    type(code + "\n")
    let outcome = RunOutcome(
      ending, duration: .milliseconds(milliseconds), place: counted.map { RunPlace(after: $0) })
    send(.runFinished(app.runs.lastNumber, outcome))
  }

  /// Types a command that the server has to answer.
  mutating func ask(_ command: String, _ answer: SessionAnswer) {
    type(command + "\n")
    send(.sessionAnswered(answer))
  }

  mutating func message(_ direction: Direction, _ text: String, after seconds: Double = 0.025) {
    time += seconds
    send(.message(direction, Array(text.utf8), time))
  }

  /// The actions since the last call.
  mutating func takeActions() -> [AppAction] {
    defer { actions = [] }
    return actions
  }

  private mutating func perform(_ todo: [AppAction]) {
    for action in todo {
      guard case .edit(let command) = action else {
        actions.append(action)
        continue
      }
      edit(command)
      let state = editor
      editor.accepted = nil
      send(.editor(state))
    }
  }

  private mutating func edit(_ command: EditorCommand) {
    switch command {
    case .insert(let text): insert(text)
    case .replace(let text, let cursor): editor = EditorState(text: text, cursor: cursor)
    case .accept: editor = EditorState(accepted: editor.text)
    case .clear: editor = EditorState()
    case .press(let key):
      pressed.append(key)
      press(inEditor: key)
    }
  }

  private mutating func press(inEditor key: Key) {
    if editor.searchPrompt != nil { return press(inSearch: key) }
    switch key {
    case .character(let character): insert(String(character))
    case .named(.left): editor.cursor = max(0, editor.cursor - 1)
    case .named(.right): editor.cursor = min(editor.text.unicodeScalars.count, editor.cursor + 1)
    case .named(.home): editor.cursor = 0
    case .named(.backspace) where editor.cursor > 0:
      editor.cursor -= 1
      var scalars = Array(editor.text.unicodeScalars)
      scalars.remove(at: editor.cursor)
      editor.text = String(String.UnicodeScalarView(scalars))
    case .control("r"): editor.searchPrompt = "(search back) ''"
    default: break
    }
  }

  /// Finds what is typed.
  private mutating func press(inSearch key: Key) {
    switch key {
    case .character(let character):
      editor.text = "found_\(character)"
      editor.searchPrompt = "(search back) '\(character)'"
    case .control("g"): editor = EditorState()
    default: editor.searchPrompt = nil
    }
    editor.cursor = editor.text.unicodeScalars.count
  }

  private mutating func insert(_ text: String) {
    var scalars = Array(editor.text.unicodeScalars)
    scalars.insert(contentsOf: text.unicodeScalars, at: editor.cursor)
    editor.text = String(String.UnicodeScalarView(scalars))
    editor.cursor += text.unicodeScalars.count
  }
}

/// A run as it is asked for on a stage of the usual width.
func typedRun(number: Int, code: String, isInteractive: Bool = true) -> Run {
  Run(number: number, code: code, isInteractive: isInteractive, columns: 74, lines: 20)
}
