import MCP
import Repl
import RunPythonTool
import Synchronization
import SystemPackage
import SystemSupport
import Terminal

/// Runs piped input block by block, as Python's own interactive mode would.
struct PipedInput {
  let session: ReplSession

  func run() async -> ReplStatus {
    var reader = BlockReader(mode: .piped)
    var status = ReplStatus.success
    let lines = PipedLines(input: .standardInput)
    for await event in lines.events {
      let blocks: [String]
      switch event {
      case .line(let line) where !reader.isPending && PlainCommand.isMeant(by: line):
        status = await session.perform(line)
        blocks = []
      case .line(let line): blocks = reader.push(line: line)
      case .unreadable(let failure):
        session.console.showError("\(failure)")
        return .failure
      case .quiet: blocks = [reader.endAtBlankLine()].compactMap(\.self)
      }
      for block in blocks {
        if BlockReader.asksToLeave(block) { return status }
        status = await session.runUnlessInterrupted(block, isUndoable: lines.haveCommands)
        if status == .interrupted || status.isEnd { return status }
      }
    }
    if let last = reader.finish(), !BlockReader.asksToLeave(last) {
      status = await session.runUnlessInterrupted(last, isUndoable: false)
    }
    return status
  }
}

/// The lines of a pipe or file, read on a thread of their own.
final class PipedLines: Sendable {
  enum Event: Sendable {
    case line(String)
    /// The next line is no text, and nothing comes after it.
    case unreadable(PythonSource.Failure)
    /// No more lines are there for the moment: a program at the other end may wait for an answer.
    case quiet
  }

  let events: AsyncStream<Event>
  private let hasFoundCommand = Atomic(false)

  /// True when a command is among the lines that were read, which is well before they run. A command may go
  /// back to an earlier state, so runs must then be saved.
  var haveCommands: Bool { hasFoundCommand.load(ordering: .relaxed) }

  init(input: FileDescriptor) {
    let (events, continuation) = AsyncStream<Event>.makeStream()
    self.events = events
    let thread: @Sendable () -> Void = { [self] in
      var framer = LineSplitter()
      var source = PythonSource()
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        if !input.isReadable(within: 50) { continuation.yield(.quiet) }
        let count = (try? buffer.withUnsafeMutableBytes { try input.read(into: $0) }) ?? 0
        if count == 0 { break }
        // All commands of a piece are found before its first line is run.
        let events = framer.push(buffer[..<count]).map { Self.event($0, of: &source) }
        for case .line(let line) in events where PlainCommand.isMeant(by: line) {
          hasFoundCommand.store(true, ordering: .relaxed)
        }
        for event in events { continuation.yield(event) }
      }
      if let last = framer.finish() { continuation.yield(Self.event(last, of: &source)) }
      continuation.finish()
    }
    if (try? OwnedThread.start(thread)) == nil { continuation.finish() }
  }

  private static func event(_ line: [UInt8], of source: inout PythonSource) -> Event {
    do throws(PythonSource.Failure) {
      return .line(try source.text(ofNext: line))
    } catch {
      return .unreadable(error)
    }
  }
}

/// Splits bytes at newlines, which are not part of the lines.
struct LineSplitter {
  private var rest: [UInt8] = []

  mutating func push(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
    var pieces = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    let last = pieces.popLast() ?? []
    var lines: [[UInt8]] = []
    for piece in pieces {
      lines.append(rest + piece)
      rest = []
    }
    rest += last
    return lines
  }

  mutating func finish() -> [UInt8]? {
    defer { rest = [] }
    return rest.isEmpty ? nil : rest
  }
}

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
    if question.message != InputQuestionText.plain {
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
        let reader: @Sendable () -> Void = {
          var buffer = [UInt8](repeating: 0, count: 1 << 16)
          let count =
            (try? buffer.withUnsafeMutableBytes { try FileDescriptor.standardInput.read(into: $0) }) ?? 0
          continuation.resume(returning: buffer[..<count])
        }
        if (try? OwnedThread.start(reader)) == nil { continuation.resume(returning: []) }
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
