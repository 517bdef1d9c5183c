import MCP
import RunPythonServer
import SystemPackage
import SystemSupport
import Terminal

/// Answers a program's questions by the lines of stdin, as `python3 FILE` does. The actor guards the lines
/// from two questions at once.
actor StandardInputLines {
  private let console: ReplConsole
  private var splitter = LineSplitter()
  private var lines: [[UInt8]] = []
  private var isAtEnd = false

  init(console: ReplConsole) { self.console = console }

  /// Answers a question with the next line; nil is the end of stdin. A question's prompt is shown on stdout.
  func answer(_ question: Elicitation) async -> Elicitation.Answer {
    if question.message != RunPythonTool.plainQuestion {
      console.showPrompt(question.message)
    }
    guard question.isHidden, let hidden = HiddenKeys(on: .standardInput) else {
      return question.answer(await nextLine())
    }
    defer { hidden.restore() }
    // An interrupted run takes its question back, and the line that is read may never come.
    return await withTaskCancellationHandler {
      question.answer(await nextLine())
    } onCancel: {
      hidden.restore()
    }
  }

  private func nextLine() async -> String? {
    while lines.isEmpty, !isAtEnd {
      // A thread of its own reads, because a blocked read must not hold up others.
      let bytes = await withCheckedContinuation { continuation in
        let isStarted = OwnedThread.start {
          var buffer = [UInt8](repeating: 0, count: 1 << 16)
          let count =
            (try? buffer.withUnsafeMutableBytes { try FileDescriptor.standardInput.read(into: $0) }) ?? 0
          continuation.resume(returning: buffer[..<count])
        }
        if !isStarted { continuation.resume(returning: []) }
      }
      if bytes.isEmpty {
        isAtEnd = true
        lines += [splitter.finish()].compactMap(\.self)
      } else {
        lines += splitter.push(bytes)
      }
    }
    return lines.isEmpty ? nil : String(decoding: lines.removeFirst(), as: UTF8.self)
  }
}
