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

/// Cuts a stream of bytes into messages, one a line (stdio transport, all revisions). Pure.
///
/// `\r\n` is tolerated as an end of line and blank lines are skipped. A line over the limit is counted and
/// dropped; the next newline begins a good line again.
public struct LineFramer: Sendable {
  /// The largest message in bytes, without its end of line.
  public let maximumMessageBytes: Int
  private var line: [UInt8] = []
  /// The bytes of a line that is being dropped.
  private var droppedBytes = 0
  private var lastDroppedByte: UInt8 = 0
  /// The bytes in memory of the line that has not ended.
  var storedByteCount: Int { line.count }

  public init(maximumMessageBytes: Int) {
    self.maximumMessageBytes = max(1, maximumMessageBytes)
  }

  /// Takes the next bytes of the stream, cut anywhere.
  ///
  /// - Returns: The messages that these bytes complete, in order.
  public mutating func push(_ bytes: some Sequence<UInt8>) -> [Incoming] {
    var completed: [Incoming] = []
    if bytes.withContiguousStorageIfAvailable({ push($0, into: &completed) }) == nil {
      Array(bytes).withUnsafeBufferPointer { push($0, into: &completed) }
    }
    return completed
  }

  /// Takes the end of the stream.
  ///
  /// - Returns: The last line, if it had no newline.
  public mutating func finish() -> Incoming? { endLine() }

  private mutating func push(_ bytes: UnsafeBufferPointer<UInt8>, into completed: inout [Incoming]) {
    var rest = bytes[...]
    while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
      append(rest[..<newline])
      if let incoming = endLine() { completed.append(incoming) }
      rest = rest[(newline + 1)...]
    }
    append(rest)
  }

  private mutating func append(_ part: Slice<UnsafeBufferPointer<UInt8>>) {
    // The limit is one byte more here, because that byte may be the "\r" of the line's end.
    if droppedBytes == 0, line.count + part.count <= maximumMessageBytes + 1 {
      line.append(contentsOf: part)
    } else {
      droppedBytes += line.count + part.count
      lastDroppedByte = part.last ?? lastDroppedByte
      line = []
    }
  }

  private mutating func endLine() -> Incoming? {
    defer {
      line = []
      droppedBytes = 0
    }
    let carriageReturn = UInt8(ascii: "\r")
    guard droppedBytes == 0 else {
      return .oversized(byteCount: droppedBytes - (lastDroppedByte == carriageReturn ? 1 : 0))
    }
    if line.last == carriageReturn { line.removeLast() }
    if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { return nil }
    return line.count > maximumMessageBytes ? .oversized(byteCount: line.count) : .message(line)
  }
}
