import SystemPackage

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
