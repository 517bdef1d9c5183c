import MCP
import Repl
import Synchronization
import SystemPackage
import SystemSupport

/// Runs what is piped in, block by block, as Python's own interactive mode would.
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
      case .quiet: blocks = [reader.endAtBlankLine()].compactMap(\.self)
      }
      for block in blocks {
        if ReplSession.isExit(block) { return status }
        status = await session.runUnlessInterrupted(block, isUndoable: lines.haveCommands)
        if status == .interrupted || status.isEnd { return status }
      }
    }
    if let last = reader.finish(), !ReplSession.isExit(last) {
      status = await session.runUnlessInterrupted(last, isUndoable: false)
    }
    return status
  }
}

/// The lines of a pipe or file, read on a thread of their own.
final class PipedLines: Sendable {
  enum Event: Sendable {
    case line(String)
    /// Nothing more is there for the moment: a program at the other end may be waiting for an answer.
    case quiet
  }

  let events: AsyncStream<Event>
  private let hasFoundCommand = Atomic(false)

  /// Whether a command, which may go back to an earlier state, is among the lines that were read; that is well before
  /// they are run.
  var haveCommands: Bool { hasFoundCommand.load(ordering: .relaxed) }

  init(input: FileDescriptor) {
    let (events, continuation) = AsyncStream<Event>.makeStream()
    self.events = events
    let isStarted = OwnedThread.start { [self] in
      var framer = LineSplitter()
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        if !Self.isReadable(input, milliseconds: 50) { continuation.yield(.quiet) }
        let count = (try? buffer.withUnsafeMutableBytes { try input.read(into: $0) }) ?? 0
        if count == 0 { break }
        let lines = framer.push(buffer[..<count])
        if lines.contains(where: PlainCommand.isMeant) { hasFoundCommand.store(true, ordering: .relaxed) }
        for line in lines { continuation.yield(.line(line)) }
      }
      if let last = framer.finish() { continuation.yield(.line(last)) }
      continuation.finish()
    }
    if !isStarted { continuation.finish() }
  }

  private static func isReadable(_ input: FileDescriptor, milliseconds: Int32) -> Bool {
    var descriptor = pollfd(fd: input.rawValue, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, milliseconds) != 0
  }
}

/// Splits bytes at newlines, which are not part of the lines.
struct LineSplitter {
  private var rest: [UInt8] = []

  mutating func push(_ bytes: ArraySlice<UInt8>) -> [String] {
    var pieces = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    let last = pieces.popLast() ?? []
    var lines: [String] = []
    for piece in pieces {
      lines.append(String(decoding: rest + piece, as: UTF8.self))
      rest = []
    }
    rest += last
    return lines
  }

  mutating func finish() -> String? {
    defer { rest = [] }
    return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
  }
}
