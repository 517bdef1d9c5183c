import MCP
import Pictures
import Repl
import RunPythonTool
import Synchronization
import SystemPackage
import SystemSupport
import Terminal
import TerminalText

/// The output of the REPL: the code's output goes to its own stream, values go to stdout, errors to stderr.
/// A terminal gets styles and moves of the code within its own lines, and no other control characters. A file or pipe gets
/// every byte.
final class ReplConsole: Sendable {
  private struct State {
    /// The terminal, as the code's output goes on there.
    var output: ProgramOutput
    /// True when some output could not be written.
    var isLost = false
    var images = ImageGallery()
    /// The server's remarks on the current run, kept until it ends; nil when there is no run.
    var remarks: [String]?
  }

  private let environment: [String: String]
  private let terminals: [FileDescriptor: Bool]
  private let pictures: PictureOutput
  /// The lock guards the terminal's line from the tasks that write: their output stays whole and in order.
  private let state: Mutex<State>

  /// - Parameter graphics: the way to show pictures on a terminal; nil finds out.
  init(graphics: Graphics? = nil) {
    let environment = ProcessInfo.processInfo.environment
    self.environment = environment
    pictures = PictureOutput(output: .standardOutput, graphics: graphics, environment: environment)
    let traits = [FileDescriptor.standardOutput, .standardError].reduce(into: [:]) {
      $0[$1] = TerminalTraits(of: $1, environment: environment)
    }
    terminals = traits.mapValues(\.isTerminal)
    state = Mutex(State(output: ProgramOutput(depth: traits.values.lazy.compactMap(\.depth).first)))
  }

  /// Shows the code's output, and what the server says of itself.
  func show(_ logged: LoggedText) {
    switch logged.source {
    case .standardOutput:
      write(logged.text + (logged.isPartial ? "" : "\n"), to: .standardOutput, on: .output)
    case .standardError: write(logged.text + (logged.isPartial ? "" : "\n"), to: .standardError, on: .error)
    case .value: write(logged.text + (logged.isPartial ? "" : "\n"), to: .standardOutput)
    case .server(let logger, let level):
      guard level >= .warning else { return }
      let remark = "[\(logger ?? "server")] \(logged.text)\n"
      let isHeld = state.withLock { state in
        guard logger == ToolLogger.notice.rawValue, state.remarks != nil else { return false }
        state.remarks?.append(remark)
        return true
      }
      if !isHeld { write(remark, to: .standardError) }
    }
  }

  /// Shows the question of a program; its answer is not typed here.
  func showPrompt(_ text: String) { write(text, to: .standardOutput) }

  func showValue(_ representation: String) {
    write(representation + "\n", to: .standardOutput)
  }

  /// Shows a sentence of the program itself.
  func showNote(_ text: String) {
    write(text + "\n", to: pictures.isTerminal ? .standardOutput : .standardError)
  }

  func showError(_ text: String) {
    write(text.hasSuffix("\n") ? text : text + "\n", to: .standardError)
  }

  /// - Parameter stream: the stream of the code that goes on with the text; nil for a text of its own.
  private func write(
    _ text: String, to descriptor: FileDescriptor, on stream: ProgramOutput.Stream? = nil
  ) {
    let isTerminal = terminals[descriptor] == true
    state.withLock { state in
      let shown =
        if !isTerminal { text } else if let stream { state.output.text(of: text, on: stream) } else {
          state.output.text(of: text)
        }
      guard !state.isLost || descriptor != .standardOutput else { return }
      do {
        _ = try descriptor.writeAll(Array(shown.utf8))
      } catch {
        guard descriptor == .standardOutput else { return }
        state.isLost = true
        StandardError.print("mcp-run-python: The output cannot be written: \(error).")
      }
    }
  }
}

extension ReplConsole {
  var isTerminal: Bool { terminals[.standardOutput] == true }

  /// True when stdout refuses output, for instance on a full disk.
  var isLost: Bool { state.withLock(\.isLost) }

  /// The images that the session has shown.
  var images: ImageGallery { state.withLock(\.images) }

  /// A run of the code that is told of this console.
  ///
  /// It is told nothing where nobody looks at its output, unless `COLUMNS` says how wide tables shall be.
  func run(_ code: String, isInteractive: Bool) -> Run {
    var run = Run(number: 0, code: code, isInteractive: isInteractive)
    let traits = TerminalTraits(of: .standardOutput, environment: environment)
    if traits.isTerminal || environment["COLUMNS"]?.isEmpty == false { run.columns = traits.width }
    if traits.isTerminal {
      run.lines = traits.height
      run.terminal = TerminalKind(traits.depth)
      if pictures.wantsDrawings {
        run.figures = .forFigures(in: Size(columns: traits.width - 1, rows: traits.height ?? 24))
      }
    }
    return run
  }

  /// Begins a run: the server's remarks from now on are kept until its end.
  func beginRun() {
    state.withLock { $0.remarks = [] }
  }

  /// Ends a run after its value or error was shown. The remarks come last, where they are read.
  func endRun() {
    let remarks = state.withLock { state in
      defer { state.remarks = nil }
      // The next prompt stands below what the code has printed.
      let end = state.output.end()
      if !end.isEmpty { _ = try? FileDescriptor.standardOutput.writeAll(Array(end.utf8)) }
      return state.remarks ?? []
    }
    for remark in remarks { write(remark, to: .standardError) }
  }

  func show(_ image: ShownImage) {
    state.withLock { state in
      let figure = image.figure
      let image = state.images.add(mimeType: image.mimeType, bytes: image.bytes)
      guard pictures.isTerminal else {
        _ = try? FileDescriptor.standardError.writeAll(Array("\(image.caption)\n".utf8))
        return
      }
      let start = state.output.end() + (state.output.isLineOpen ? "\n" : "")
      let picture = pictures.text(of: image.bytes, png: image.png, figure: figure) ?? ""
      let text = "\(start)\(picture)" + state.output.text(of: "\(image.caption)\n")
      _ = try? FileDescriptor.standardOutput.writeAll(Array(text.utf8))
    }
  }
}
