import Synchronization
import SystemPackage
import SystemSupport

/// The stdio transport from the client's side (MCP, Transports, all revisions): starts a server as a child
/// process and talks over its standard input and output.
///
/// The child starts at ``start()`` or with the first ``send(_:)``. Call ``close()`` at the end: the child is
/// ended and reaped there and nowhere else.
public final class ChildProcessTransport: Transport {
  private struct State {
    var connection: Task<ChildConnection, any Error>?
    var isClosed = false
  }

  public let incoming: AsyncStream<Incoming>
  public let maximumMessageBytes: Int?
  private let command: ChildCommand
  private let onStandardError: (@Sendable ([UInt8]) -> Void)?
  private let gracePeriod: Duration
  private let inbox: Inbox
  private let wake: WakePipe?
  /// The lock guards the connection from the callers that start, send and close.
  private let state = Mutex(State())

  /// - Parameters:
  ///   - command: A path, or a name to look for on the PATH.
  ///   - environment: The child's whole environment; nil for this process's.
  ///   - workingDirectory: The child's folder; nil for this process's.
  ///   - onStandardError: Gets the child's standard error on a thread of its own, which it may block to slow
  ///     the child. With nil, the child writes to this process's standard error.
  ///   - maximumMessageBytes: The largest message. A longer line arrives as
  ///     ``Incoming/oversized(byteCount:)``.
  ///   - gracePeriod: The time for the child to end by itself once its input is closed, and again after
  ///     SIGTERM.
  public init(
    command: String, arguments: [String] = [], environment: [String: String]? = nil,
    workingDirectory: String? = nil, onStandardError: (@Sendable ([UInt8]) -> Void)? = nil,
    maximumMessageBytes: Int = 64 << 20, gracePeriod: Duration = .seconds(2)
  ) {
    self.command = ChildCommand(
      command: command, arguments: arguments, environment: environment, workingDirectory: workingDirectory)
    self.onStandardError = onStandardError
    self.gracePeriod = gracePeriod
    self.maximumMessageBytes = maximumMessageBytes
    let wake = try? WakePipe()
    let inbox = Inbox(maximumMessageBytes: maximumMessageBytes, limit: 4 << 20) { wake?.wake() }
    self.wake = wake
    self.inbox = inbox
    incoming = inbox.stream
  }

  /// Starts the child, if it has not been started.
  ///
  /// - Throws: ``TransportError/launchFailed(_:)`` with a sentence for the user; ``TransportError/closed``
  ///   after ``close()``.
  public func start() async throws { _ = try await connection() }

  public func send(_ message: [UInt8]) async throws {
    try await connection().writer.send(message)
  }

  /// Closes the child's standard input and waits the grace period. Then it ends the process group by SIGTERM
  /// and, after the grace period again, by SIGKILL. It returns when the child has been reaped; cancelling the
  /// task does not hasten it.
  public func close() async {
    let connection = state.withLock { state in
      state.isClosed = true
      return state.connection
    }
    inbox.finish()
    guard let connection = try? await connection?.value else { return }
    await Task { [gracePeriod] in await connection.close(gracePeriod: gracePeriod) }.value
  }

  public func outputClosed() async {
    if let connection = try? await connection() { await connection.writer.ended.pass() }
  }

  public func endOfPeer() async -> String? {
    guard let connection = try? await state.withLock({ $0.connection })?.value else { return nil }
    _ = await connection.process.ended.passes(within: .seconds(1))
    return connection.process.ending
  }

  /// Waits until the child has ended, and tells how, to follow a subject: "exited with status 3", "was ended
  /// by signal 9". It is nil when the child never ran.
  public var termination: String? {
    get async {
      guard let connection = try? await state.withLock({ $0.connection })?.value else { return nil }
      await connection.process.ended.pass()
      return connection.process.ending
    }
  }

  private func connection() async throws -> ChildConnection {
    let task = try state.withLock { state throws(TransportError) in
      if let connection = state.connection { return connection }
      guard !state.isClosed else { throw .closed }
      let task = Task { try await self.connect() }
      state.connection = task
      return task
    }
    return try await task.value
  }

  private func connect() async throws -> ChildConnection {
    do {
      guard let wake else { throw Errno.tooManyOpenFiles }
      return try await ChildConnection(
        to: command, inbox: inbox, wake: wake, onStandardError: onStandardError, gracePeriod: gracePeriod)
    } catch {
      inbox.finish()
      throw error as? TransportError ?? .launchFailed(command.sentence(for: error))
    }
  }
}

/// A child process and the threads that serve its standard streams.
struct ChildConnection: Sendable {
  let process: ChildProcess
  let writer: DescriptorWriter
  private let reader: DescriptorReader
  private let errorReader: DescriptorReader?

  init(
    to command: ChildCommand, inbox: Inbox, wake: WakePipe,
    onStandardError: (@Sendable ([UInt8]) -> Void)?, gracePeriod: Duration
  ) async throws {
    let input = try FileDescriptor.privatePipe()
    let output = try FileDescriptor.privatePipe()
    let error = try onStandardError.map { _ in try FileDescriptor.privatePipe() }
    writer = try DescriptorWriter(input.writeEnd, closesDescriptor: true)
    reader = DescriptorReader(output.readEnd, closesDescriptor: true, sink: inbox, wake: wake)
    errorReader =
      if let error, let onStandardError {
        DescriptorReader(
          error.readEnd, closesDescriptor: true, sink: ForwardingSink(forward: onStandardError),
          wake: try WakePipe())
      } else { nil }
    writer.start()
    reader.start()
    errorReader?.start()
    process = ChildProcess()
    do {
      try await process.start(
        command,
        streams: .init(
          input: input.readEnd.rawValue, output: output.writeEnd.rawValue, error: error?.writeEnd.rawValue),
        gracePeriod: gracePeriod)
    } catch {
      hangUp()
      throw error
    }
    Task { [self] in
      await process.ended.pass()
      hangUp()
    }
  }

  func close(gracePeriod: Duration) async {
    async let flushed: Void = writer.close(within: gracePeriod)
    if await !process.ended.passes(within: gracePeriod) { await process.terminate() }
    await flushed
    await reader.ended.pass()
    await errorReader?.ended.pass()
  }

  /// Ends the streams of a child that is gone. Its output is still read, though others may hold its pipes
  /// open.
  private func hangUp() {
    writer.abort()
    reader.finishSoon()
    errorReader?.finishSoon()
  }
}
