import MCP
import Repl
import RunPythonTool
import Synchronization
import SystemSupport
import Traffic

/// The news that a face wants of its server. Each part is called as the news comes, and must not block for long.
struct ServerListener: Sendable {
  /// Gets the code's output, and what the server says of itself.
  var onLog: @Sendable (LoggedText) -> Void
  var onImage: @Sendable (ShownImage) -> Void
  var onElicit: Client.ElicitationHandler?
  /// Gets each message on the wire.
  var onMessage: @Sendable (Direction, [UInt8], Date) -> Void = { _, _, _ in }
  var onHTTP: @Sendable (RequestID, HTTPDetails) -> Void = { _, _ in }
  /// Gets the bytes that the server's process writes to its stderr.
  var onStandardError: @Sendable ([UInt8]) -> Void = { _ in }
  /// Waits until the face takes more messages; nil for one that always does.
  var room: (@Sendable () async -> Void)?
}

/// The way to the prompt's server, over which nothing has been sent. All three faces connect, tap, read logs,
/// count images and run in this one way.
struct ServerLine: Sendable {
  let target: ServerTarget
  let transport: any Transport
  /// Waits for the server's end, in words that follow "The server".
  let ending: @Sendable () async -> String?
  fileprivate let listener: ServerListener
  fileprivate let images = ImageCount()

  /// - Parameter trace: the file for all messages; it may change while the connection is open.
  init(to target: ServerTarget, trace: TraceSlot, _ listener: ServerListener) {
    let (base, ending) = target.place.connection(
      onStandardError: listener.onStandardError, onHTTP: listener.onHTTP)
    self.target = target
    self.ending = ending
    self.listener = listener
    transport = TappedTransport(base, room: listener.room) { direction, bytes in
      let now = Date()
      trace.file?.record(direction, bytes, at: now)
      listener.onMessage(direction, bytes, now)
    }
  }

  /// Starts the server or connects to it, and agrees on a revision.
  ///
  /// - Throws: the client's error.
  func connect() async throws -> ServerConnection {
    let client = try await Client.connect(
      over: transport, info: Product.part("\(Product.name) repl"),
      protocol: target.protocolChoice,
      onLog: { [listener, images] message in
        guard let image = ShownImage(message) else { return listener.onLog(LoggedText(message)) }
        images.note()
        listener.onImage(image)
      },
      onElicit: listener.onElicit)
    if client.serverCapabilities["logging"] != nil { try await client.setLogLevel(.info) }
    return ServerConnection(line: self, calls: PythonCalls(client: client))
  }
}

/// A connection to the prompt's server.
struct ServerConnection: Sendable {
  fileprivate let line: ServerLine
  let calls: PythonCalls

  var target: ServerTarget { line.target }
  var client: Client { calls.client }

  /// Goes on from the checkpoint file that the user named; nil when there is none.
  func resume() async throws -> SessionAnswer? {
    guard let request = target.resumption else { return nil }
    return try await calls.ask(request, in: nil)
  }

  /// Runs code; cancelling the task interrupts it. Its images have been shown before its answer comes.
  ///
  /// - Parameters:
  ///   - fork: the fork to run it in; nil for the first session.
  ///   - argv: the file that the code comes from, or `-c`, and its arguments; empty for none.
  ///   - isUndoable: true when it can be undone even if another run follows at once.
  func run(
    _ run: Run, in fork: String?, argv: [String] = [], isUndoable: Bool = true
  ) async throws -> RunAnswer {
    line.images.begin()
    let answer = try await calls.run(
      run.code, in: fork,
      RunOptions(
        isInteractive: run.isInteractive, isUndoable: isUndoable, showsImages: true, columns: run.columns,
        argv: argv))
    for image in line.images.rest(of: answer) { line.listener.onImage(image) }
    return answer
  }
}

/// The place of the file of `--trace` and `:trace`.
final class TraceSlot: Sendable {
  /// The lock guards the file from the tap, which runs beside the face that changes it.
  private let state: Mutex<TraceFile?>

  init(_ file: TraceFile? = nil) { state = Mutex(file) }

  var file: TraceFile? { state.withLock(\.self) }

  func set(_ file: TraceFile?) { state.withLock { $0 = file } }
}
