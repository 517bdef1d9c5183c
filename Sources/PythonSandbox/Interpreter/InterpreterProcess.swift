internal import Subprocess
internal import Synchronization
internal import SystemPackage
import SystemSupport

/// The Deno process behind an interpreter. It takes orders as lines, and answers with frames.
final class InterpreterProcess: Sendable {
  let token: String
  private let orders: OrderPipe?
  private let killing: AsyncStream<Void>
  private let killInput: AsyncStream<Void>.Continuation
  /// Guards the process's number from the task that runs the process and from the watch of its memory.
  private let identifier = Mutex<Int32?>(nil)
  /// Guards the requests for checkpoints from the interpreter, which adds them, and from the task that reads frames.
  ///
  /// A request stays here until its checkpoint has come, which may be late.
  private let checkpoints = Mutex<Set<Int>>([])

  /// The end of the process.
  struct End {
    /// The reason as the end of a sentence, such as "its process exited with status 1".
    let reason: String
    /// True when the process broke the protocol, so that neither its frames nor missing ones can be trusted.
    var isViolation = false
  }

  init() {
    ignoreBrokenPipes()
    token = UnguessableName.new()
    orders = try? OrderPipe()
    (killing, killInput) = AsyncStream.makeStream()
  }

  /// Sends an order to the process.
  ///
  /// - Parameter content: The bytes that follow the order.
  func send(_ order: Order, content: [UInt8]? = nil) {
    orders?.send([order.line] + [content].compactMap(\.self))
  }

  /// Answers a request for a file. The caller's thread waits until the pipe has all of it.
  func answer(_ request: Int, _ reply: FileReply) {
    orders?.write([Order.file(request: request, reply: reply).line, reply.content])
  }

  /// Allows the process to send the checkpoint of a request once.
  func expectCheckpoint(_ request: Int) {
    _ = checkpoints.withLock { $0.insert(request) }
  }

  /// Notes that a request has been answered without a checkpoint.
  func expectNoCheckpoint(_ request: Int) {
    _ = checkpoints.withLock { $0.remove(request) }
  }

  /// True while a checkpoint was asked for that has not come.
  var owesCheckpoint: Bool { checkpoints.withLock { !$0.isEmpty } }

  /// Ends the process and all processes that it started, at once.
  func kill() {
    killInput.yield()
  }

  /// The memory that the process has, in MB; nil while it does not run, and where the system does not tell.
  var residentMemory: Int? {
    identifier.withLock(\.self).flatMap { ResidentMemory.megabytes(of: $0) }
  }

  /// The processor time that it has used; nil as above.
  var processorTime: Duration? {
    identifier.withLock(\.self).flatMap { ProcessorTime.used(by: $0) }
  }

  /// Runs the process to its end. `receive` gets each frame in order and holds the process back while it works.
  func run(
    _ command: DenoCommand, environment: [String: String], bounds: FrameBounds, files: FileService?,
    onDiagnostic: @escaping @Sendable (String) -> Void,
    receive: @escaping @Sendable (Frame) async -> Void
  ) async -> End {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
    let (executable, arguments) = command.launch(environment: environment)
    defer { orders?.close() }
    do {
      guard let orders else { throw Errno.tooManyOpenFiles }
      let input = try orders.open(isLarge: files != nil) { [self] in
        // The process does not read any more, so its answer would never come.
        kill()
      }
      let frames = try FramePipe(isLarge: files != nil)
      let result = try await Subprocess.run(
        executable, arguments: arguments, environment: .custom(keyed(environment)), platformOptions: options,
        input: .fileDescriptor(input, closeAfterSpawningProcess: true),
        output: .fileDescriptor(frames.writeEnd, closeAfterSpawningProcess: true), error: .sequence
      ) { [self] execution in
        identifier.withLock { $0 = execution.processIdentifier.value }
        return await withTaskGroup(of: Void.self) { group in
          group.addTask { [killing] in
            for await _ in killing { try? execution.send(signal: .kill, toProcessGroup: true) }
          }
          async let flood = readDiagnostics(execution.standardError, onLine: onDiagnostic) {
            try? execution.send(signal: .kill, toProcessGroup: true)
          }
          let violation = await frames.read(
            reader(bounds), takeFile: { files?.take($0) == true }, receive: receive)
          // A process that closes stdout has no more to send, and no process that it started may stay.
          try? execution.send(signal: .kill, toProcessGroup: true)
          identifier.withLock { $0 = nil }
          orders.close()
          killInput.finish()
          await group.waitForAll()
          let overflow = await flood
          return violation ?? overflow
        }
      }
      guard let violation = result.closureResult else {
        return End(reason: Self.describe(result.terminationStatus))
      }
      return End(reason: violation, isViolation: true)
    } catch {
      return End(reason: "\(command.runtime.deno) could not be run: \(error)")
    }
  }

  private func reader(_ bounds: FrameBounds) -> FrameReader {
    FrameReader(token: token, bounds: bounds) { [self] request in
      checkpoints.withLock { $0.remove(request) != nil }
    }
  }

  /// Hands on lines until the process closes its stderr. It gives a reason when the process wrote too much there.
  private func readDiagnostics(
    _ output: SubprocessOutputSequence, onLine: @Sendable (String) -> Void, onFlood: @Sendable () -> Void
  ) async -> String? {
    var lines = DiagnosticLines()
    do {
      for try await buffer in output {
        for line in buffer.withUnsafeBytes({ lines.push($0) }) { onLine(line) }
        if lines.isFlooded {
          onFlood()
          return "it wrote too much to its stderr"
        }
      }
    } catch {}
    for line in lines.end() { onLine(line) }
    return nil
  }

  private static func describe(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "its process exited with status \(code)"
    case .signaled(let signal) where signal == 9: "its process was killed (signal 9)"
    case .signaled(let signal): "its process crashed (signal \(signal)), as it does when its memory runs out"
    }
  }
}

/// Splits the process's stderr into lines, which are escaped and bounded in length and number. The type is pure.
struct DiagnosticLines {
  /// The number of bytes beyond which the interpreter is ended. Deno's last words take a few thousand bytes.
  static let most = 1 << 20
  /// The bytes of a line beyond which the rest is dropped.
  static let longestLine = 2000

  private var line: [UInt8] = []
  private var count = 0

  /// True when the process has written too many bytes.
  var isFlooded: Bool { count > Self.most }

  /// Takes a piece and gives the lines that it completes.
  mutating func push(_ bytes: some Collection<UInt8>) -> [String] {
    var lines: [String] = []
    count += bytes.count
    for piece in bytes.split(separator: UInt8(ascii: "\n"), maxSplits: .max, omittingEmptySubsequences: false)
      .enumerated()
    {
      if piece.offset > 0 { lines += end() }
      line += piece.element.prefix(Self.longestLine - line.count)
    }
    return lines
  }

  /// Gives the last line, which has no line break; nothing when it is empty.
  mutating func end() -> [String] {
    defer { line = [] }
    let text = String(decoding: line, as: UTF8.self).foreignLine()
    return text.isEmpty ? [] : [text]
  }
}
