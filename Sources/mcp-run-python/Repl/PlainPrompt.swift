import Foundation
import MCP
import Repl
import RunPythonServer
import SystemPackage
import Terminal

/// The prompt on a terminal without the full screen: libedit's line editing, history and continuation lines.
struct PlainPrompt {
  let session: ReplSession

  func run() async throws -> ReplStatus {
    let history = History(path: historyPath())
    if let notice = history.notice { StandardError.print(notice) }
    var configuration = LineEditor.Configuration()
    configuration.history = history
    let editor = try LineEditor(input: .standardInput, output: .standardOutput, configuration: configuration)
    print(
      """
      Python \(RunPythonTool.pythonVersion) in a sandbox (mcp-run-python \(RunPythonServer.version), \
      MCP \(session.calls.client.revision.rawValue)). Ctrl-C interrupts, Ctrl-D leaves.
      """)
    return try await loop(editor, history: history)
  }

  private func loop(_ editor: any LineSource, history: History) async throws -> ReplStatus {
    var reader = BlockReader(mode: .terminal)
    var status = ReplStatus.success
    while true {
      let isPending = reader.isPending
      let indentation = isPending ? String(repeating: " ", count: reader.state.indentation) : ""
      switch try await editor.readLine(prompt: isPending ? "... " : ">>> ", initialText: indentation) {
      case .line(let line):
        for block in reader.push(line: line) {
          if ReplSession.isExit(block) { return status }
          do { try history.append(block) } catch { StandardError.print("\(error)") }
          status = await session.runUnlessInterrupted(block)
          if status == .serverGone { return status }
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
