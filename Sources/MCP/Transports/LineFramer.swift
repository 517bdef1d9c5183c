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
