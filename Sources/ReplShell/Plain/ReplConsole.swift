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
/// On a terminal control characters are made visible.
final class ReplConsole: Sendable {
  private struct State {
    /// True when the terminal's last line has no newline yet.
    var isLineOpen = false
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
  private let state = Mutex(State())

  /// - Parameter graphics: the way to show pictures on a terminal; nil finds out.
  init(graphics: Graphics? = nil) {
    let environment = ProcessInfo.processInfo.environment
    self.environment = environment
    pictures = PictureOutput(output: .standardOutput, graphics: graphics, environment: environment)
    terminals = [FileDescriptor.standardOutput, .standardError].reduce(into: [:]) {
      $0[$1] = TerminalTraits(of: $1, environment: environment).isTerminal
    }
  }

  /// Shows the code's output, and what the server says of itself.
  func show(_ logged: LoggedText) {
    switch logged.source {
    case .standardOutput, .value: write(logged.text + (logged.isPartial ? "" : "\n"), to: .standardOutput)
    case .standardError: write(logged.text + (logged.isPartial ? "" : "\n"), to: .standardError)
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

  private func write(_ text: String, to descriptor: FileDescriptor) {
    let shown = terminals[descriptor] == true ? VisibleText.printable(text) : text
    state.withLock { state in
      guard !state.isLost || descriptor != .standardOutput else { return }
      do {
        _ = try descriptor.writeAll(Array(shown.utf8))
      } catch {
        guard descriptor == .standardOutput else { return }
        state.isLost = true
        StandardError.print("mcp-run-python: The output cannot be written: \(error).")
      }
      if terminals[descriptor] == true, !shown.isEmpty { state.isLineOpen = !shown.hasSuffix("\n") }
    }
  }
}

extension ReplConsole {
  var isTerminal: Bool { terminals[.standardOutput] == true }

  /// True when stdout refuses output, for instance on a full disk.
  var isLost: Bool { state.withLock(\.isLost) }

  /// The images that the session has shown.
  var images: ImageGallery { state.withLock(\.images) }

  /// The width for tables; nil where nobody looks at them, unless `COLUMNS` says so.
  var columns: Int? {
    guard terminals[.standardOutput] == true || environment["COLUMNS"]?.isEmpty == false else { return nil }
    return TerminalTraits(of: .standardOutput, environment: environment).width
  }

  /// Begins a run: the server's remarks from now on are kept until its end.
  func beginRun() {
    state.withLock { $0.remarks = [] }
  }

  /// Ends a run after its value or error was shown. The remarks come last, where they are read.
  func endRun() {
    let remarks = state.withLock { state in
      defer { state.remarks = nil }
      return state.remarks ?? []
    }
    for remark in remarks { write(remark, to: .standardError) }
  }

  func show(_ image: ShownImage) {
    state.withLock { state in
      let image = state.images.add(mimeType: image.mimeType, bytes: image.bytes)
      guard pictures.isTerminal else {
        _ = try? FileDescriptor.standardError.writeAll(Array("\(image.caption)\n".utf8))
        return
      }
      let start = state.isLineOpen ? "\n" : ""
      let picture = pictures.text(of: image.bytes, png: image.png) ?? ""
      let text = "\(start)\(picture)\(image.caption)\n"
      _ = try? FileDescriptor.standardOutput.writeAll(Array(text.utf8))
      state.isLineOpen = false
    }
  }
}
