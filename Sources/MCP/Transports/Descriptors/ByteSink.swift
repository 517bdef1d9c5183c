/// The receiver of the bytes that a ``DescriptorReader`` reads.
protocol ByteSink: Sendable {
  /// True when more may be read now. The consumer that makes room wakes the reader.
  var hasRoom: Bool { get }
  func take(_ bytes: UnsafeBufferPointer<UInt8>)
  func finish()
}

/// Hands bytes on as they come.
struct ForwardingSink: ByteSink {
  let forward: @Sendable ([UInt8]) -> Void
  var hasRoom: Bool { true }
  func take(_ bytes: UnsafeBufferPointer<UInt8>) { forward(Array(bytes)) }
  func finish() {}
}
