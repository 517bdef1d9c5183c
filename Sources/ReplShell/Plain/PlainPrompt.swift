import MCP
import Repl
import RunPythonTool
import SystemPackage
import SystemSupport
import Terminal
import TerminalText

/// The prompt on a terminal without the full screen: libedit's line editing, history and continuation lines.
struct PlainPrompt: Sendable {
  private let editor: LineEditor
  private let history: History
  /// The places of the sessions, for completion.
  let shown = ShownSessions()

  init() throws {
    history = History(path: historyPath())
    if let notice = history.notice { StandardError.print(notice) }
    var configuration = LineEditor.Configuration()
    configuration.history = history
    configuration.complete = { [shown] in
      PlainCommand.completions(of: $0, in: shown.sessions)
        .map { LineCompletion(commonRest: $0.commonRest, items: $0.items) }
    }
    editor = try LineEditor(input: .standardInput, output: .standardOutput, configuration: configuration)
  }

  /// Asks the user for the line that Python's `input()` waits for.
  func ask(_ question: Elicitation) async -> Elicitation.Answer {
    // Python itself says nothing when the code gives no prompt.
    let message = question.message == InputQuestionText.plain ? "" : question.message
    let lines = VisibleText.printable(message).split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines.dropLast() { print(line) }
    let prompt = String(lines.last ?? "")
    let result =
      question.isHidden
      ? try? await editor.readHiddenLine(prompt: prompt) : try? await editor.readLine(prompt: prompt)
    switch result {
    case .line(let line): return question.answer(line)
    case .interrupted:
      // The editor takes Ctrl-C from the terminal, which would have sent the signal to the run.
      kill(getpid(), SIGINT)
      return .decline
    case .endOfInput, nil: return .decline
    }
  }

  /// - Parameter news: the text after the greeting.
  func run(_ session: ReplSession, news: String?) async throws -> ReplStatus {
    print(
      """
      Python \(session.connection.target.ownPython) in a sandbox (mcp-run-python \(Product.version), \
      MCP \(session.connection.client.revision.rawValue)). Ctrl-C interrupts, Ctrl-D leaves.
      """)
    if let news { session.console.showNote(news) }
    return try await loop(session)
  }

  private func loop(_ session: ReplSession) async throws -> ReplStatus {
    var reader = BlockReader(mode: .terminal)
    var status = ReplStatus.success
    while true {
      let isPending = reader.isPending
      let indentation = isPending ? String(repeating: " ", count: reader.state.indentation) : ""
      switch try await editor.readLine(prompt: isPending ? "... " : ">>> ", initialText: indentation) {
      case .line(let line) where !isPending && PlainCommand.isMeant(by: line):
        do { try history.append(line) } catch { StandardError.print("\(error)") }
        status = await session.perform(line)
      case .line(let line):
        for block in reader.push(line: line) {
          if BlockReader.asksToLeave(block) { return status }
          do { try history.append(block) } catch { StandardError.print("\(error)") }
          status = await session.runUnlessInterrupted(block)
          if status.isEnd { return status }
        }
      case .interrupted:
        reader.discard()
        StandardError.print("KeyboardInterrupt")
      case .endOfInput:
        return status == .interrupted ? .success : status
      }
    }
  }
}

/// The history's file, `$XDG_STATE_HOME/mcp-run-python/history`; nil when there is no home.
func historyPath(environment: [String: String] = ProcessInfo.processInfo.environment) -> FilePath? {
  if let state = environment["XDG_STATE_HOME"], FilePath(state).isAbsolute {
    return FilePath(state).appending("mcp-run-python/history")
  }
  return environment["HOME"].map { FilePath($0).appending(".local/state/mcp-run-python/history") }
}
