public import SystemPackage
import SystemSupport

/// Newline-delimited messages over two file descriptors: the stdio transport from the server's side (MCP,
/// Transports, all revisions).
///
/// One thread reads and one writes. The reader stops while the consumer of ``incoming`` is behind;
/// ``send(_:)`` suspends while the writer is behind.
public final class StdioTransport: Transport {
  public let incoming: AsyncStream<Incoming>
  public let maximumMessageBytes: Int?
  private let inbox: Inbox
  private let reader: DescriptorReader
  private let writer: DescriptorWriter

  /// The time that ``close()`` waits for the peer to take the queued messages.
  private static let flushTime = Duration.seconds(2)

  /// - Parameters:
  ///   - input: A descriptor to read; it is not closed.
  ///   - output: A descriptor to write; it is not closed.
  ///   - maximumMessageBytes: The largest message. A longer line arrives as
  ///     ``Incoming/oversized(byteCount:)``.
  /// - Throws: An `Errno` when the process has no file descriptors left.
  public convenience init(
    input: FileDescriptor = .standardInput, output: FileDescriptor = .standardOutput,
    maximumMessageBytes: Int = 4 << 20
  ) throws {
    try self.init(
      input: input, output: output, maximumMessageBytes: maximumMessageBytes, closesDescriptors: false)
  }

  init(
    input: FileDescriptor, output: FileDescriptor, maximumMessageBytes: Int, closesDescriptors: Bool
  ) throws {
    let wake = try WakePipe()
    self.maximumMessageBytes = maximumMessageBytes
    inbox = Inbox(maximumMessageBytes: maximumMessageBytes, limit: 1 << 20) { wake.wake() }
    incoming = inbox.stream
    reader = DescriptorReader(input, closesDescriptor: closesDescriptors, sink: inbox, wake: wake)
    writer = try DescriptorWriter(output, closesDescriptor: closesDescriptors)
    reader.start()
    writer.start()
  }

  public func send(_ message: [UInt8]) async throws { try await writer.send(message) }

  public func close() async {
    reader.stop()
    inbox.finish()
    await writer.close(within: Self.flushTime)
  }

  public func outputClosed() async { await writer.ended.pass() }
}

extension StdioTransport {
  /// Takes standard input and output for the protocol alone. The transport works on private copies;
  /// descriptor 1 is pointed at standard error and descriptor 0 at the null device. So a stray `print` cannot
  /// corrupt the stream, and a child process that inherited descriptor 0 cannot steal messages.
  ///
  /// - Throws: An `Errno` when descriptors cannot be copied.
  public static func claimingStandardStreams(maximumMessageBytes: Int = 4 << 20) throws -> StdioTransport {
    let input = try FileDescriptor.standardInput.privateDuplicate()
    let output = try FileDescriptor.standardOutput.privateDuplicate()
    _ = try FileDescriptor.standardError.duplicate(as: .standardOutput)
    let null = try FileDescriptor.open("/dev/null", .readOnly)
    _ = try null.duplicate(as: .standardInput)
    try null.close()
    return try StdioTransport(
      input: input, output: output, maximumMessageBytes: maximumMessageBytes, closesDescriptors: true)
  }
}
